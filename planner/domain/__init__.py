"""The words of a study visit and its rules: pure, no Flask, SQL, file, clock or network."""
