package dev.migrator.chaos.run;

/** A check that does not hold. */
public record Failed(String check, String expected, String found) {}
