package dev.migrator.manifests.yaml;

import dev.migrator.core.error.Finding;

/** Ends the reading of one file: what follows could not be understood, or would cost too much. */
final class YamlStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    YamlStop(Finding finding) {
        super(finding.problem().message(), null, false, false);
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
