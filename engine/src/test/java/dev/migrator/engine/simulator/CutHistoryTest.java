package dev.migrator.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.description.Description;
import org.assertj.core.description.LazyTextDescription;
import org.junit.jupiter.api.Test;

/**
 * The same history, cut at every checkpoint in turn: wherever the worker, the lifecycle or any other process dies, what
 * starts again brings it to the same end, by the same writes, each made once.
 *
 * <p>{@code -Dsimulator.cut=N} cuts N histories.
 */
class CutHistoryTest {
    private static final int HISTORIES = Integer.getInteger("simulator.cut", 12);

    /** What is left of a history when all is over. */
    private record End(Map<MigrationId, MigrationEnd> migrations, List<Write> writes) {}

    private record MigrationEnd(MigrationState state, Optional<Digest> endHash) {}

    private record Write(EntryKey key, EntryState before, EntryState after) {}

    @Test
    void whereverItIsCutItEndsTheSame() {
        var states = EnumSet.noneOf(MigrationState.class);
        int cuts = 0;
        for (long seed = 1; seed <= HISTORIES; seed++) {
            var whole = new History(seed, Bug.NONE, false).cutAt(Chance.NEVER);
            whole.run();
            var end = end(whole);
            end.migrations().values().forEach(migration -> states.add(migration.state()));
            int checkpoints = whole.world().chance.chancesToDie();
            long same = seed;
            IntStream.range(0, checkpoints)
                    .parallel()
                    .forEach(cut -> assertThat(endWhenCut(same, cut, Bug.NONE, false))
                            .as(description(same, cut))
                            .isEqualTo(end));
            cuts += checkpoints;
        }
        System.out.println(
                "simulator: " + HISTORIES + " histories, cut at " + cuts + " checkpoints, ended as " + states);
        assertThat(states).containsAll(Set.of(MigrationState.SUCCEEDED, MigrationState.ROLLED_BACK));
    }

    /** A test that cuts nothing would pass as well. */
    @Test
    void aLifecycleThatForgetsWhenItDiesEndsDifferently() {
        var whole = new History(1, Bug.NONE, false).cutAt(Chance.NEVER);
        whole.run();
        var end = end(whole);
        int different = 0;
        for (int cut = 0; cut < whole.world().chance.chancesToDie(); cut++) {
            try {
                different += endWhenCut(1, cut, Bug.FACTS_LOST, false).equals(end) ? 0 : 1;
            } catch (Violation _) {
                different++;
            }
        }
        assertThat(different).isGreaterThan(10);
    }

    private static End endWhenCut(long seed, int cut, Bug bug, boolean tracing) {
        var history = new History(seed, bug, tracing).cutAt(cut);
        history.run();
        return end(history);
    }

    private static Description description(long seed, int cut) {
        return new LazyTextDescription(() -> {
            var history = new History(seed, Bug.NONE, true).cutAt(cut);
            history.run();
            return "seed " + seed + " cut at " + cut + ":\n" + String.join("\n", history.trace());
        });
    }

    private static End end(History history) {
        var migrations = new TreeMap<MigrationId, MigrationEnd>();
        history.statuses()
                .forEach((id, status) -> migrations.put(id, new MigrationEnd(status.state(), status.endHash())));
        return new End(
                migrations,
                history.world().target.events().stream()
                        .map(event -> new Write(event.key(), event.before(), event.after()))
                        .toList());
    }
}
