package dev.migrator.verifier.work;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs a phase's checks side by side, each on a virtual thread, and reports all of them in the order of the plan. */
public final class SmokeChecks {
    private static final int AT_ONCE = 16;

    private final TargetPool targets;
    private final HttpCheck http;

    public SmokeChecks(TargetPool targets, HttpCheck http) {
        this.targets = targets;
        this.http = http;
    }

    /** @throws TargetException.Unavailable if a target cannot be reached: the checks are run again later */
    List<CheckResult> run(String environment, List<SmokeCheck> checks)
            throws TargetException.Unavailable, InterruptedException {
        var results = new ArrayList<CheckResult>();
        for (int from = 0; from < checks.size(); from += AT_ONCE) {
            results.addAll(together(environment, checks.subList(from, Math.min(checks.size(), from + AT_ONCE))));
        }
        return results;
    }

    private List<CheckResult> together(String environment, List<SmokeCheck> checks)
            throws TargetException.Unavailable, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.invokeAll(checks.stream()
                    .map(check -> (Callable<CheckResult>) () -> one(environment, check))
                    .toList());
            var results = new ArrayList<CheckResult>();
            for (Future<CheckResult> result : running) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TargetException.Unavailable later) {
                throw later;
            }
            throw new IllegalStateException("a check failed in a way nobody foresaw", e.getCause());
        }
    }

    private CheckResult one(String environment, SmokeCheck check) throws TargetException.Unavailable {
        if (check.target().isEmpty()) {
            return http.run(check);
        }
        try {
            return targets.checking(
                    environment,
                    check.target(),
                    checker -> checker.supports(check.type()) ? checker.run(check) : unsupported(check));
        } catch (TargetException.Unavailable later) {
            throw later;
        } catch (TargetException refused) {
            return CheckResult.failed(check.name(), refused.problem());
        } catch (ProblemException refused) {
            return CheckResult.failed(check.name(), refused.problem());
        }
    }

    private static CheckResult unsupported(SmokeCheck check) {
        return CheckResult.failed(
                check.name(),
                Problem.of("CHK-TYPE", "the target runs no checks of this type")
                        .about("check " + check.name() + " on " + check.target())
                        .found(check.type())
                        .todo("use a type that the target knows"));
    }
}
