package dev.migrator.target.verify;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.migrator.target.verify.RuleResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The contract, tried on one type of entry.
 *
 * @param results one for each rule
 * @param leftBehind addresses that could not be taken away afterwards
 */
record Verification(Subject subject, List<RuleResult> results, List<String> leftBehind) {
    private static final int LONGEST_WHY = 4_000;

    Verification {
        results = List.copyOf(results);
        leftBehind = List.copyOf(leftBehind);
    }

    boolean passed() {
        return results.stream().noneMatch(result -> result.verdict() == Verdict.FAILED) && !results.isEmpty();
    }

    long count(Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    /**
     * @param many entries for the rules that want many
     * @param goesOn gets each result as it comes, not from two threads at once, and says whether to try further rules
     */
    static synchronized Verification of(Server server, Subject subject, int many, Predicate<RuleResult> goesOn) {
        var left = new TreeSet<String>();
        ServerSuite.current = new ServerSuite.Current(server, subject, many, left::addAll);
        var results = new ArrayList<RuleResult>();
        var cancelled = CancellationToken.create();
        var rules = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(ServerSuite.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        LauncherFactory.create()
                .execute(LauncherExecutionRequestBuilder.request(rules)
                        .cancellationToken(cancelled)
                        .listeners(new Listener(result -> {
                            results.add(result);
                            if (!goesOn.test(result)) {
                                cancelled.cancel();
                            }
                        }))
                        .build());
        return new Verification(subject, results, List.copyOf(left));
    }

    /** Tells of rules: of a rule that is tried on each kind, by what became of the trial. */
    private static final class Listener implements TestExecutionListener {
        private final Consumer<RuleResult> results;
        private TestPlan plan;

        Listener(Consumer<RuleResult> results) {
            this.results = results;
        }

        @Override
        public void testPlanExecutionStarted(TestPlan started) {
            plan = started;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean failedBefore = test.isContainer() && result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
            if (test.isTest() || failedBefore) {
                results.accept(new RuleResult(topic(test), rule(test), verdict(result), why(result)));
            }
        }

        private String rule(TestIdentifier test) {
            return method(test)
                    .map(MethodSource::getMethodName)
                    .map(RuleResult::words)
                    .orElse("the rules of this topic can be tried");
        }

        private String topic(TestIdentifier test) {
            for (var at = Optional.of(test); at.isPresent(); at = at.flatMap(plan::getParent)) {
                if (at.get().getSource().orElse(null) instanceof ClassSource source) {
                    return RuleResult.words(source.getJavaClass().getSimpleName());
                }
            }
            return "contract";
        }

        private Optional<MethodSource> method(TestIdentifier test) {
            for (var at = Optional.of(test); at.isPresent(); at = at.flatMap(plan::getParent)) {
                if (at.get().getSource().orElse(null) instanceof MethodSource source) {
                    return Optional.of(source);
                }
            }
            return Optional.empty();
        }

        private static Verdict verdict(TestExecutionResult result) {
            return switch (result.getStatus()) {
                case SUCCESSFUL -> Verdict.PASSED;
                case ABORTED -> Verdict.NOT_APPLICABLE;
                case FAILED -> Verdict.FAILED;
            };
        }

        private static String why(TestExecutionResult result) {
            var why = result.getThrowable()
                    .map(cause -> Optional.ofNullable(cause.getMessage())
                            .orElse(cause.getClass().getSimpleName()))
                    .orElse("")
                    .strip();
            return why.length() <= LONGEST_WHY ? why : why.substring(0, LONGEST_WHY) + "…";
        }
    }
}
