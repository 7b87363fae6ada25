"""The rules of a one-stop office as pure Python: plain values in and out, no SQL, no clock of its own."""
