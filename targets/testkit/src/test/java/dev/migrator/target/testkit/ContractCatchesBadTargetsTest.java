package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A contract that lets every target pass is worth nothing: targets with one mistake each have to fail it. */
class ContractCatchesBadTargetsTest {
    private static Mutant mutant;

    /** Not run by itself; see {@link #failures}. */
    static class Suite extends TargetContracts {
        @Override
        protected TargetHarness openHarness() {
            return new MemoryHarness(
                    StaleReads.UNTIL_SETTLED,
                    target -> new MutantTarget(target, mutant),
                    MemoryKind.TOPIC,
                    MemoryKind.ACL,
                    MemoryKind.ARTIFACT_VERSION);
        }
    }

    @Test
    void aTargetWithoutAMistakePasses() {
        assertThat(failures(Mutant.NONE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aTargetWithAMistakeFails(Mutant mistake) {
        assertThat(failures(mistake)).as("rules that notice %s", mistake).isNotEmpty();
    }

    private static List<String> failures(Mutant mistake) {
        mutant = mistake;
        var failed = new ArrayList<String>();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Suite.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    failed.add(test.getUniqueId() + " " + result.getThrowable().orElse(null));
                }
            }
        });
        return failed;
    }
}
