package dev.migrator.manifests.format;

/**
 * A comment of a YAML file.
 *
 * @param line from 0
 * @param column of its {@code #}, from 0
 * @param text from its {@code #} to the end of the line, without spaces at the end
 * @param alone whether nothing but it stands in its line
 * @param afterBlank whether the line above is blank
 */
record Comment(int line, int column, String text, boolean alone, boolean afterBlank) {}
