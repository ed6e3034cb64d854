"""Forms: what is asked, how it is read from a workbook, checked, asked and answered."""
