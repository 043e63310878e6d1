"""One description of each screen, as a tree of elements; window, text and tests are its readers. No pygame here."""
