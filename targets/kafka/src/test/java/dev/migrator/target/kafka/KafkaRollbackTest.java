package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads lag seconds behind acknowledged writes; what is undone in that time has to be undone all the same. */
class KafkaRollbackTest {
    private static TargetWriter writer;
    private static Admin independent;

    @BeforeAll
    static void open() throws TargetException {
        writer = Entries.writer();
        independent = TestCluster.independentAdmin();
    }

    @AfterAll
    static void close() {
        writer.close();
        independent.close();
    }

    @Test
    void aThousandTopicsAndAThousandAclsAreReallyUndoneTheMomentTheyWereAcknowledged() throws Exception {
        var creates = topicsAndAcls(1_000);
        Entries.settle(writer);
        var made = writer.apply(creates, Map.of(), WriteGuard.ALWAYS);
        assertThat(made).hasSize(2_000).allMatch(outcome -> outcome instanceof Outcome.Applied);

        Entries.settle(writer);
        var undone = writer.apply(inverses(creates), Entries.incarnations(made), WriteGuard.ALWAYS);

        assertThat(undone).hasSize(2_000).allMatch(outcome -> outcome instanceof Outcome.Applied);
        Entries.settle(writer);
        assertThat(writer.readAll(Entries.keys(creates)).values()).allMatch(EntryState.ABSENT::equals);
        assertNothingIsLeftOf(creates);
    }

    @Test
    void evenACallerWhoForgetsToSettleUndoesWhatWasWritten() throws Exception {
        var creates = topicsAndAcls(100);
        var made = writer.apply(creates, Map.of(), WriteGuard.ALWAYS);

        var undone = writer.apply(inverses(creates), Entries.incarnations(made), WriteGuard.ALWAYS);

        assertThat(undone).hasSize(200).allMatch(outcome -> outcome instanceof Outcome.Applied);
        Entries.settle(writer);
        assertNothingIsLeftOf(creates);
    }

    @Test
    void aNewWriterThatFindsTheWorkDoneSaysSoOnlyAfterItSettled() throws Exception {
        var creates = topicsAndAcls(100);
        var first = writer.apply(creates, Map.of(), WriteGuard.ALWAYS);
        assertThat(first).allMatch(outcome -> outcome instanceof Outcome.Applied);

        // as after a crash: another process repeats the batch at once
        try (var next = Entries.writer()) {
            var again = next.apply(creates, Map.of(), WriteGuard.ALWAYS);

            assertThat(again).allMatch(Outcome::done);
            assertThat(next.readAll(Entries.keys(creates)).values()).allMatch(EntryState::exists);
        }
        assertThat(writer.apply(inverses(creates), Entries.incarnations(first), WriteGuard.ALWAYS))
                .allMatch(outcome -> outcome instanceof Outcome.Applied);
    }

    private static List<Operation> topicsAndAcls(int count) {
        String unique = Entries.fresh();
        var creates = new ArrayList<Operation>();
        for (int i = 0; i < count; i++) {
            String topic = unique + "." + i;
            creates.add(Entries.topic(topic));
            creates.add(Entries.reader("reader-" + i, topic));
        }
        return creates;
    }

    private static List<Operation> inverses(List<Operation> operations) {
        return operations.reversed().stream().map(Operation::inverse).toList();
    }

    private static void assertNothingIsLeftOf(List<Operation> creates) throws Exception {
        var addresses = new HashMap<String, Operation>();
        creates.forEach(create -> addresses.put(create.key().address(), create));
        assertThat(independent.listTopics().names().get()).doesNotContainAnyElementsOf(addresses.keySet());
        var acls = independent
                .describeAcls(org.apache.kafka.common.acl.AclBindingFilter.ANY)
                .values()
                .get();
        assertThat(acls.stream().map(Acls::tuple))
                .noneMatch(
                        tuple -> addresses.containsKey(tuple.address()) || addresses.containsKey(tuple.resourceName()));
    }
}
