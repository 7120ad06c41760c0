package dev.migrator.executor.work;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.engine.Targets;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.Capability;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The writers of one environment, each call through the pool, which replaces a connection that failed. */
final class PooledTargets implements Targets {
    private final TargetPool pool;
    private final String environment;
    private final CallTimes times;

    PooledTargets(TargetPool pool, String environment, CallTimes times) {
        this.pool = pool;
        this.environment = environment;
        this.times = times;
    }

    @Override
    public TargetWriter writer(String target) {
        return new Pooled(target);
    }

    private final class Pooled implements TargetWriter {
        private final String target;

        Pooled(String target) {
            this.target = target;
        }

        private <R> R use(TargetPool.Use<TargetWriter, R> call) throws TargetException {
            return pool.writing(environment, target, call::apply);
        }

        private <R> R timed(CallTimes.Call kind, TargetPool.Use<TargetWriter, R> call) throws TargetException {
            return use(writer -> times.of(kind, writer, call));
        }

        @Override
        public String identity() throws TargetException {
            return use(TargetWriter::identity);
        }

        @Override
        public Optional<String> position() throws TargetException {
            return use(TargetWriter::position);
        }

        @Override
        public SystemFacts facts() throws TargetException {
            return use(TargetWriter::facts);
        }

        @Override
        public Set<Capability> capabilities() throws TargetException {
            return use(TargetWriter::capabilities);
        }

        @Override
        public Stream<EntryKey> list(String kind) throws TargetException {
            return use(writer -> writer.list(kind));
        }

        @Override
        public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
            return timed(CallTimes.Call.READ, writer -> writer.readAll(keys));
        }

        @Override
        public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
                throws TargetException {
            return timed(CallTimes.Call.APPLY, writer -> writer.apply(operations, incarnations, guard));
        }

        @Override
        public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
            return timed(CallTimes.Call.DRY_RUN, writer -> writer.dryRun(operations));
        }

        @Override
        public void settle(Duration atMost, WriteGuard guard) throws TargetException {
            timed(CallTimes.Call.SETTLE, writer -> {
                writer.settle(atMost, guard);
                return null;
            });
        }

        @Override
        public int maxBatch() {
            try {
                return use(TargetWriter::maxBatch);
            } catch (TargetException e) {
                return 1; // not reachable now: the call that follows says so
            }
        }

        @Override
        public void close() {
            // the pool's to close
        }
    }
}
