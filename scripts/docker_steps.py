"""Plays the Dockerfile without a container engine, as a plain user, in a temporary folder.

Covered: COPY under .dockerignore, ENV, WORKDIR and every RUN that needs no root, in a bare
virtual environment of this machine's Python; then the entry point shows its help and makes
a database. Not covered: the base image, its libraries, RUN steps that need root (they are
named), USER, VOLUME, EXPOSE, HEALTHCHECK.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from scripts.dockerfile import Step, copied, is_sent, steps, variables

ROOT = Path(__file__).resolve().parent.parent
NEEDS_ROOT = ("useradd", "apt-get", "chown", "install -d -o")
IN_IMAGE = re.compile(r"/(app|data|tmp)(?=/|\s|$)")
SMOKE = (["--help"], ["migrate"])


class Image:
    """The folder that stands for the image's root, with its environment."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root
        self.entry: list[str] = []
        environment = root / "python"
        venv.create(environment, with_pip=True)
        self.variables = {
            "PATH": f"{environment / 'bin'}:{os.defpath}",
            "HOME": str(root),
            **{name: value for name, value in os.environ.items() if _is_about_network(name)},
        }
        for volume in ("data", "tmp"):
            (root / volume).mkdir()

    def play(self, step: Step) -> None:
        """Do what one instruction says; a failing RUN ends the program."""
        match step.word:
            case "WORKDIR":
                self.folder = self._inside(step.arguments)
                self.folder.mkdir(parents=True, exist_ok=True)
            case "ENV":
                self.variables |= {k: self._mapped(v) for k, v in variables(step).items()}
            case "COPY":
                self._copy(*copied(step))
            case "RUN":
                self._run(step.arguments)
            case "ENTRYPOINT":
                self.entry = json.loads(step.arguments)
            case _:
                print(f"not played: {step.word} {step.arguments}")

    def smoke(self) -> None:
        """Call the entry point as the container would."""
        for arguments in SMOKE:
            command = [*self.entry, *arguments]
            print(f"calling: {' '.join(command)}")
            self._call(command)

    def _run(self, line: str) -> None:
        if any(word in line for word in NEEDS_ROOT):
            print(f"not played, needs root: {line}")
            return
        print(f"running: {line}")
        self._call(["sh", "-c", self._mapped(line)])

    def _call(self, command: list[str]) -> None:
        binary = shutil.which(command[0], path=self.variables["PATH"])
        if binary is None:
            sys.exit(f"{command[0]} is not in the image")
        done = subprocess.run(
            [binary, *command[1:]], cwd=self.folder, env=self.variables, check=False
        )
        if done.returncode:
            sys.exit(f"failed with exit code {done.returncode}: {' '.join(command)}")

    def _copy(self, taken: list[str], target: str) -> None:
        ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8")
        for name in taken:
            source = ROOT / name
            into = self._inside(target) / (source.name if target.endswith("/") else "")
            files = [source] if source.is_file() else sorted(source.rglob("*"))
            sent = [f for f in files if f.is_file() and is_sent(f.relative_to(ROOT), ignore)]
            if not sent:
                sys.exit(f"COPY {name}: nothing there that .dockerignore lets through")
            for file in sent:
                place = into / file.relative_to(source)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, place)

    def _inside(self, path: str) -> Path:
        return self.root / path.lstrip("/") if path.startswith("/") else self.folder / path

    def _mapped(self, words: str) -> str:
        return IN_IMAGE.sub(lambda found: f"{self.root}{found[0]}", words)


def _is_about_network(name: str) -> bool:
    return name.upper().endswith("_PROXY") or name.startswith("PIP_") or "CERT" in name


def main() -> None:
    """Plays every step; refuses to run as root, since the point is to see what needs it."""
    if os.geteuid() == 0:
        sys.exit("Run this as a plain user: it shows what the image needs root for.")
    with tempfile.TemporaryDirectory(prefix="rollcall-image-") as folder:
        image = Image(Path(folder))
        for step in steps((ROOT / "Dockerfile").read_text(encoding="utf-8")):
            image.play(step)
        image.smoke()
    print("Every step that needs no root went through. The image itself was not built.")


if __name__ == "__main__":
    main()
