"""Scanners, cameras, folders that scans come into, card readers: each an adapter with the same few methods.

    source     what every one of them is: find, abilities, scan → pages as they come
    sane       Linux, through scanimage (sane_options reads what it says)
    escl       network scanners over HTTP (escl_words their XML, escl_find who announces himself)
    wia        Windows, through COM (wia_words its numbers)
    camera     document cameras; the only file here that knows Qt, and only in the GUI thread
    folder     chosen files, and a watched folder
    pretend    ships for demo, training and tests (pretend_papers what is written, pretend_pen how it is drawn)
    worker     any of them in a process of its own, its pages through the spool
    scanners   those of this machine: chosen, found, fallen back on
    doctor     what is the matter with them
    serial_card  card readers on a serial port

Nothing is imported here: the window loads what it uses, and a driver is loaded in its own process.
"""
