package dev.migrator.policy;

/**
 * Text in CEL.
 *
 * @param line of the policies file in which it begins, from 1; 0 when unknown
 */
record Expression(String text, int line) {}
