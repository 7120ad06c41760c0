package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CheckedTopicTest {
    @Test
    void aNewTopicThatACheckWritesToIsKeptWhenUndoneAndTheOthersAreNot() {
        var plan = Planning.plan(
                bundle(
                        topic("checked"),
                        topic("unchecked"),
                        manifest("SmokeCheck", "c", "{'type':'topic-round-trip','topic':'checked'}")),
                new World());

        var undo = plan.operations()
                .collect(Collectors.toMap(planned -> planned.operation().key().address(), PlannedOperation::undo));
        assertThat(undo).containsEntry("checked", UndoClass.RETAINED).containsEntry("unchecked", UndoClass.EXACT);
    }
}
