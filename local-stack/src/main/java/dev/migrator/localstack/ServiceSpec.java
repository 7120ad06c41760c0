package dev.migrator.localstack;

import dev.migrator.localstack.Environment.Access;
import dev.migrator.localstack.server.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One of our services.
 *
 * @param name what people call it, such as {@code planner-service}
 * @param principal its user on the control cluster
 * @param jar what {@code java -jar} starts
 * @param access the credentials for targets that it is given; it never sees any other
 * @param approvals the key of the approvals that it is given
 * @param settings further configuration, as environment variables; the stack's own win over these
 * @param heapMegabytes of its own; empty for as much as the stack gives to each
 */
public record ServiceSpec(
        String name,
        String principal,
        Path jar,
        Set<Access> access,
        ApprovalKey approvals,
        Map<String, String> settings,
        OptionalInt heapMegabytes) {
    /** The one that people and the command line talk to. */
    public static final String CONSOLE = "console-service";

    /** The one that judges by the policies. */
    static final String PLANNER = "planner-service";

    /** Who may sign approvals, and who only verifies them. */
    public enum ApprovalKey {
        NONE,
        VERIFIES,
        SIGNS
    }

    public ServiceSpec {
        access = Set.copyOf(access);
        settings = Map.copyOf(settings);
    }

    /** The five services, as the build leaves them in the checkout. */
    public static List<ServiceSpec> all(Home home) {
        return List.of(
                of(home, "planner", Set.of(Access.READ), ApprovalKey.NONE),
                of(home, "snapshot", "snapshotter", Set.of(Access.READ), ApprovalKey.NONE),
                of(home, "executor", Set.of(Access.READ, Access.WRITE), ApprovalKey.VERIFIES),
                of(home, "verifier", Set.of(Access.READ, Access.CHECK), ApprovalKey.NONE),
                of(home, "console", Set.of(), ApprovalKey.SIGNS));
    }

    /** Another instance of the same service, which shares its work: same rights, its own name, folder and port. */
    public ServiceSpec named(String other) {
        return new ServiceSpec(other, principal, jar, access, approvals, settings, heapMegabytes);
    }

    /** The same service, started from another jar. */
    public ServiceSpec withJar(Path other) {
        return new ServiceSpec(name, principal, other, access, approvals, settings, heapMegabytes);
    }

    /** The same service with these settings in place of those it had. */
    public ServiceSpec withSettings(Map<String, String> others) {
        return new ServiceSpec(name, principal, jar, access, approvals, others, heapMegabytes);
    }

    /** The same service with a heap of its own. */
    public ServiceSpec withHeapMegabytes(int megabytes) {
        return new ServiceSpec(name, principal, jar, access, approvals, settings, OptionalInt.of(megabytes));
    }

    private static ServiceSpec of(Home home, String name, Set<Access> access, ApprovalKey approvals) {
        return of(home, name, name, access, approvals);
    }

    private static ServiceSpec of(Home home, String name, String principal, Set<Access> access, ApprovalKey approvals) {
        Path jar = home.root()
                .resolve(name + "-service")
                .resolve("target")
                .resolve("quarkus-app")
                .resolve("quarkus-run.jar");
        return new ServiceSpec(name + "-service", principal, jar, access, approvals, Map.of(), OptionalInt.empty());
    }
}
