package dev.migrator.core.report;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.util.List;
import java.util.Optional;

/**
 * What the check of a report found.
 *
 * @param manifest empty if it cannot be read
 * @param newest status in the report, empty if there is none that can be read
 * @param keyId of the key that its signature names
 */
public record ReportVerdict(
        Optional<ReportManifest> manifest,
        Optional<MigrationStatus> newest,
        Optional<String> keyId,
        List<CheckLine> lines) {
    public ReportVerdict {
        lines = List.copyOf(lines);
    }

    static ReportVerdict broken(CheckLine why) {
        return new ReportVerdict(Optional.empty(), Optional.empty(), Optional.empty(), List.of(why));
    }

    /** Whether nothing failed. What was not checked is in the lines. */
    public boolean holds() {
        return lines.stream().noneMatch(line -> line.mark() == CheckLine.Mark.FAILED);
    }

    public Value.Obj toValue() {
        return Value.object(
                "holds", Value.of(holds()),
                "migration", text(manifest.map(ReportManifest::migration)),
                "environment", text(manifest.map(ReportManifest::environment)),
                "state", text(manifest.map(ReportManifest::state)),
                "planDigest", text(manifest.flatMap(ReportManifest::plan)),
                "beforeHash", text(manifest.flatMap(ReportManifest::beforeHash)),
                "endHash", text(manifest.flatMap(ReportManifest::endHash)),
                "madeAt", text(manifest.map(made -> made.made().at())),
                "madeBy", text(manifest.map(made -> made.made().by())),
                "auditHead", text(manifest.map(chain -> chain.audit().head())),
                "keyId", text(keyId),
                "checks", Value.array(lines.stream().map(CheckLine::toValue).toList()));
    }

    private static Value text(Optional<?> value) {
        return Value.of(value.map(Object::toString).orElse(null));
    }
}
