package dev.migrator.snapshot.work;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.SnapshotEntry;
import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that targets list, kind by kind. A kind that is refused is left out and named as such; if all are, nothing was
 * exported. An entry that goes away while it is exported is left out.
 *
 * @param configs the targets
 */
record TargetsExport(TargetPool targets, int slice, SnapshotOrder order, List<TargetConfig> configs) implements Export {
    @Override
    public Coverage into(Sink sink) throws TargetException {
        var covered = new ArrayList<Coverage.Target>();
        var refusals = new ArrayList<Problem>();
        var positions = new Positions(targets, order.environment());
        for (var config : configs.stream()
                .sorted(Comparator.comparing(TargetConfig::name))
                .toList()) {
            sink.begins(config.name(), positions.of(config.name()));
            var kinds = new ArrayList<Coverage.Listed>();
            for (var kind : targets.provider(order.environment(), config.name()).kinds().stream()
                    .sorted()
                    .toList()) {
                var refused = export(config.name(), kind, sink);
                refused.ifPresent(refusals::add);
                kinds.add(new Coverage.Listed(kind, refused.map(Problem::code)));
            }
            sink.ended(config.name(), positions.of(config.name()));
            covered.add(new Coverage.Target(config.name(), kinds));
        }
        var coverage = new Coverage.OfTargets(order.request(), order.by(), covered);
        boolean nothing =
                covered.stream().flatMap(target -> target.kinds().stream()).noneMatch(Coverage.Listed::complete);
        if (nothing && !refusals.isEmpty()) {
            throw new ProblemException(refusals.getFirst());
        }
        return coverage;
    }

    /** @return why not, if it was refused */
    private Optional<Problem> export(String target, String kind, Sink sink) throws TargetException {
        try {
            return targets.reading(order.environment(), target, reader -> {
                sink.source(target, reader.identity());
                export(reader, kind, sink);
                return Optional.empty();
            });
        } catch (TargetException.Unavailable later) {
            throw later;
        } catch (TargetException refused) {
            return Optional.of(refused.problem());
        }
    }

    private void export(TargetReader reader, String kind, Sink sink) throws TargetException {
        try (var listed = reader.list(kind)) {
            var slices = Slices.of(listed.iterator(), slice);
            while (slices.hasNext()) {
                var keys = slices.next();
                var states = reader.readAll(keys);
                for (EntryKey key : keys) {
                    if (!(states.getOrDefault(key, EntryState.ABSENT) instanceof EntryState.Absent)) {
                        sink.accept(new SnapshotEntry(key, states.get(key)));
                    }
                }
            }
        }
    }
}
