"""Spreadsheets and files of separated values → citable text: tables with their heads, a row a line that can be quoted.

A workbook's sheets are headings, and so are the lines that stand over a table.
"""
