package dev.migrator.kit.testkit;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.kit.config.Credentials;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Opens one target in memory, under whatever name and environment; it can be away, refuse, and run checks. */
public final class MemoryProvider implements TargetProvider {
    private final String type;
    private final TargetWriter target;
    private final List<String> checksRun = new ArrayList<>();
    private Optional<TargetException> failure = Optional.empty();
    private Function<SmokeCheck, CheckResult> checks =
            check -> CheckResult.passed(check.name(), "nothing was looked at");

    /** @param type as in {@code environments.yaml}; the kinds of core's vocabulary go by it */
    public MemoryProvider(String type, TargetWriter target) {
        this.type = type;
        this.target = target;
    }

    /** Environments test (open) and production (protected), each with one target of that name and type. */
    public static Environments environments(String target, String type) {
        var config = new TargetConfig(
                target,
                type,
                "memory:" + target,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Environments(List.of(
                new Environment("test", 1, Protection.OPEN, "here", List.of(config)),
                new Environment("production", 2, Protection.PROTECTED, "here", List.of(config))));
    }

    public TargetPool pool(Environments environments) {
        return new TargetPool(environments, new Credentials(Optional.empty()), Duration.ofSeconds(1), List.of(this));
    }

    /** Opening fails with Unavailable until {@link #answering()}. */
    public MemoryProvider away() {
        return failing(new TargetException.Unavailable(
                Problem.of("TST-AWAY", "the target does not answer").about(type), null));
    }

    /** Opening is refused until {@link #answering()}. */
    public MemoryProvider refusing() {
        return failing(new TargetException.Refused(
                Problem.of("TGT-WRONG-CLUSTER", "another system").about(type), null));
    }

    public synchronized MemoryProvider answering() {
        failure = Optional.empty();
        return this;
    }

    public synchronized MemoryProvider checking(Function<SmokeCheck, CheckResult> how) {
        checks = how;
        return this;
    }

    /** Names of the checks that were run, in order. */
    public synchronized List<String> checksRun() {
        return List.copyOf(checksRun);
    }

    private synchronized MemoryProvider failing(TargetException with) {
        failure = Optional.of(with);
        return this;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public List<String> kinds() {
        return List.of("topic", "acl", "artifact", "artifact-version");
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return open();
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return open();
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        open();
        return new Checker();
    }

    private synchronized TargetWriter open() throws TargetException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return target;
    }

    private synchronized CheckResult run(SmokeCheck check) {
        checksRun.add(check.name());
        return checks.apply(check);
    }

    private final class Checker implements SmokeChecker {
        @Override
        public boolean supports(String checkType) {
            return !checkType.equals("unheard-of");
        }

        @Override
        public CheckResult run(SmokeCheck check) {
            return MemoryProvider.this.run(check);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
