/** Where snapshots lie in the bucket: their chunks, and the catalog of their manifests. */
package dev.migrator.kit.snapshots;
