/** Changes of single values in manifest files, which leave every other character as its author wrote it. */
package dev.migrator.manifests.patch;
