/** Parsers of the languages that schemas are written in, each behind {@link dev.migrator.core.contents.SchemaLanguage}. */
package dev.migrator.schemachecks;
