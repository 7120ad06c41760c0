/** What is inside schemas: parsed and compared by libraries that are handed in, judged here. */
package dev.migrator.core.contents;
