"""Letters and receipts drawn with ReportLab."""
