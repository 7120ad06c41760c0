/**
 * Snapshots: sorted canonical entries in content-addressed chunks, and a manifest that names them. Writing holds one chunk
 * in memory, reading too; where chunks lie is the caller's to know.
 */
package dev.migrator.core.snapshot;
