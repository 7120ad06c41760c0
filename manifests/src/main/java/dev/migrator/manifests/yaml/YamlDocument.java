package dev.migrator.manifests.yaml;

import dev.migrator.core.canonical.Value;

/**
 * One document of a YAML file.
 *
 * @param value what it holds, {@link Value#NULL} for an empty document
 * @param lines where its parts stand in the file
 * @param sound false when findings were made inside it, so that {@code value} lacks something
 */
public record YamlDocument(Value value, Lines lines, boolean sound) {}
