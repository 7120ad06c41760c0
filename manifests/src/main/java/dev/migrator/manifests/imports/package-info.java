/** Turns what a team has in another tool's files into entries, and says what it did not understand. */
package dev.migrator.manifests.imports;
