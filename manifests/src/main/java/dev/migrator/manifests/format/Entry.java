package dev.migrator.manifests.format;

/**
 * A field or an item of a block, where it begins.
 *
 * @param pointer JSON pointer in its document
 * @param line from 0
 * @param column from 0; of the dash for an item
 */
record Entry(String pointer, int line, int column) {}
