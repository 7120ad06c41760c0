/** Puts manifest files into one order and layout, and keeps their comments. */
package dev.migrator.manifests.format;
