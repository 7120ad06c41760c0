package dev.migrator.manifests.yaml;

import dev.migrator.core.error.Finding;
import java.util.List;

/**
 * What was read from a YAML file.
 *
 * @param documents in the order of the file; up to the place where reading had to stop
 * @param findings what was wrong, in the order of the file
 * @param whole false when reading stopped before the end
 */
public record YamlContent(List<YamlDocument> documents, List<Finding> findings, boolean whole) {
    public YamlContent {
        documents = List.copyOf(documents);
        findings = List.copyOf(findings);
    }
}
