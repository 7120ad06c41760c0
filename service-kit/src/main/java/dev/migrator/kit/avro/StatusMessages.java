package dev.migrator.kit.avro;

import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.lifecycle.EvidenceLink;
import dev.migrator.core.lifecycle.Lock;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.events.v1.ChecklistMark;
import dev.migrator.events.v1.MigrationStatusChanged;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Statuses as records and back; times have milliseconds. */
final class StatusMessages {
    private StatusMessages() {}

    static MigrationStatusChanged of(MigrationStatus s) {
        return new MigrationStatusChanged(
                s.id().value(),
                s.environment(),
                s.sequence(),
                dev.migrator.events.v1.MigrationState.valueOf(s.state().name()),
                s.ended(),
                Parts.of(s.intent()),
                s.commit(),
                s.requester(),
                Parts.text(s.bundleDigest()),
                s.bundleUri().orElse(null),
                s.revision(),
                s.phase(),
                s.batchesDone(),
                s.batchesTotal(),
                Parts.of(s.counts()),
                s.waitsFor(),
                Parts.text(s.planDigest()),
                s.planUri().orElse(null),
                s.snapshotUri().orElse(null),
                Parts.text(s.beforeHash()),
                Parts.text(s.endHash()),
                s.checklist().stream().map(StatusMessages::of).toList(),
                Parts.ofProblems(s.problems()),
                s.retained(),
                s.differences(),
                s.outcomesUri().orElse(null),
                s.updatedAt().truncatedTo(ChronoUnit.MILLIS),
                s.surroundings().map(StoredObject::uri).orElse(null),
                Parts.text(s.surroundings().map(StoredObject::digest)),
                Parts.text(s.selector()),
                s.lock().map(StatusMessages::of).orElse(null),
                Parts.titled(Document.Kind.RESTORE, s.document()),
                Parts.titled(Document.Kind.PURGE, s.document()),
                s.fleet().orElse(null));
    }

    static MigrationStatus status(MigrationStatusChanged s) {
        return new MigrationStatus(
                Parts.id(s.getMigrationId()),
                s.getEnvironment(),
                s.getSequence(),
                Parts.symbol(MigrationState.class, "state", s.getState()),
                s.getEnded(),
                Parts.intent(s.getIntent()),
                s.getCommit(),
                s.getRequester(),
                Parts.digestOrNone("bundleDigest", s.getBundleDigest()),
                Optional.ofNullable(s.getBundleUri()),
                s.getRevision(),
                s.getPhase(),
                s.getBatchesDone(),
                s.getBatchesTotal(),
                Parts.counts(s.getCounts()),
                s.getWaitsFor(),
                Parts.digestOrNone("planDigest", s.getPlanDigest()),
                Optional.ofNullable(s.getPlanUri()),
                Optional.ofNullable(s.getSnapshotUri()),
                Parts.digestOrNone("beforeHash", s.getBeforeHash()),
                Parts.digestOrNone("endHash", s.getEndHash()),
                lines(s.getChecklist()),
                Parts.problems(s.getProblems()),
                s.getRetained(),
                s.getDifferences(),
                Optional.ofNullable(s.getOutcomesUri()),
                s.getUpdatedAt(),
                Parts.stored("surroundings", s.getSurroundingsUri(), s.getSurroundingsDigest()),
                Parts.selector(s.getSelector()),
                Optional.ofNullable(s.getLock())
                        .map(lock -> new Lock(lock.getHeld(), lock.getScope(), lock.getBehind())),
                Parts.document(s.getRestores(), s.getPurges()),
                Optional.ofNullable(s.getFleet()));
    }

    private static dev.migrator.events.v1.Lock of(Lock lock) {
        return new dev.migrator.events.v1.Lock(lock.held(), lock.scope(), lock.behind());
    }

    private static dev.migrator.events.v1.ChecklistLine of(ChecklistLine line) {
        return new dev.migrator.events.v1.ChecklistLine(
                line.name(),
                ChecklistMark.valueOf(line.mark().name()),
                line.evidence(),
                line.links().stream().map(StatusMessages::of).toList());
    }

    private static dev.migrator.events.v1.EvidenceLink of(EvidenceLink link) {
        return new dev.migrator.events.v1.EvidenceLink(link.what(), link.uri(), Parts.text(link.digest()));
    }

    private static List<ChecklistLine> lines(List<dev.migrator.events.v1.ChecklistLine> lines) {
        return lines.stream()
                .map(l -> new ChecklistLine(
                        l.getName(),
                        Parts.symbol(ChecklistLine.Mark.class, "checklist.mark", l.getMark()),
                        l.getEvidence(),
                        l.getLinks().stream().map(StatusMessages::link).toList()))
                .toList();
    }

    private static EvidenceLink link(dev.migrator.events.v1.EvidenceLink link) {
        return new EvidenceLink(
                link.getWhat(), link.getUri(), Parts.digestOrNone("checklist.links.digest", link.getDigest()));
    }
}
