package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationId;
import java.util.ArrayList;
import java.util.List;

/**
 * The audit entries of one migration as a chain: each link is the digest of the entry, its place, its number and the link before.
 * One entry taken out, changed or moved breaks it there, and the head says how long it is.
 */
final class AuditChain {
    /**
     * An entry as it stands in the chain.
     *
     * @param number from 1
     * @param link stated for it
     */
    record Link(long number, Recorded<AuditRecord> entry, Digest link) {
        Digest following(Digest before) {
            return AuditChain.link(before, number, entry);
        }
    }

    private AuditChain() {}

    /** Where the chain of a migration begins. */
    static Digest root(MigrationId migration) {
        return Digest.of(Value.object("kind", Value.of("AuditChain"), "migration", Value.of(migration.value())));
    }

    static List<Link> of(MigrationId migration, List<Recorded<AuditRecord>> entries) {
        var chain = new ArrayList<Link>();
        var before = root(migration);
        for (var entry : entries) {
            var number = chain.size() + 1L;
            before = link(before, number, entry);
            chain.add(new Link(number, entry, before));
        }
        return List.copyOf(chain);
    }

    private static Digest link(Digest before, long number, Recorded<AuditRecord> entry) {
        return Digest.of(ReportLines.with(
                ReportLines.recorded(entry, AuditRecord::toValue),
                "before",
                Value.of(before.toString()),
                "number",
                Value.of(number)));
    }

    static Value.Obj toValue(Link link) {
        return ReportLines.with(
                ReportLines.recorded(link.entry(), AuditRecord::toValue),
                "number",
                Value.of(link.number()),
                "link",
                Value.of(link.link().toString()));
    }

    static Link fromValue(Value.Obj line) {
        return new Link(
                ReportLines.number(line, "number"),
                ReportLines.recordedOf(line, AuditRecord::fromValue),
                Digest.parse(ReportLines.text(line, "link")));
    }
}
