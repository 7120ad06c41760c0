package dev.migrator.arch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules and who may use whom: the table that DESIGN section 7 and docs/adr/0001 draw as arrows. */
enum Modules {
    CORE("core", "dev.migrator.core.."),
    SCHEMA_CHECKS("schema-checks", "dev.migrator.schemachecks..", CORE),
    MANIFESTS("manifests", "dev.migrator.manifests..", CORE),
    POLICY("policy", "dev.migrator.policy..", CORE, MANIFESTS),
    SCHEMAS("schemas", "dev.migrator.events.."),
    TARGET_API("targets/api", "dev.migrator.target", CORE),
    TARGET_TESTKIT("targets/testkit", "dev.migrator.target.testkit..", CORE, TARGET_API),
    TARGET_KAFKA("targets/kafka", "dev.migrator.target.kafka..", CORE, TARGET_API),
    TARGET_POSTGRES("targets/postgres", "dev.migrator.target.postgres..", CORE, TARGET_API),
    TARGET_HTTP_CLIENT("targets/http-client", "dev.migrator.target.httpclient..", CORE, TARGET_API),
    TARGET_REGISTRY("targets/registry", "dev.migrator.target.registry..", CORE, TARGET_API, TARGET_HTTP_CLIENT),
    TARGET_CONNECT("targets/connect", "dev.migrator.target.connect..", CORE, TARGET_API, TARGET_HTTP_CLIENT),
    TARGET_HTTP("targets/http", "dev.migrator.target.http..", CORE, TARGET_API, TARGET_HTTP_CLIENT),
    TARGET_VERIFY("targets/verify", "dev.migrator.target.verify..", CORE, TARGET_API, TARGET_TESTKIT, TARGET_HTTP),
    TARGET_CONFLUENT("targets/confluent", "dev.migrator.target.confluent..", CORE, TARGET_API, TARGET_HTTP_CLIENT),
    ENGINE("engine", "dev.migrator.engine..", CORE, TARGET_API),
    TARGET_ROLLBACK_CONTRACT(
            "targets/rollback-contract", "dev.migrator.target.rollback..", CORE, TARGET_API, TARGET_TESTKIT, ENGINE),
    KIT("service-kit", "dev.migrator.kit..", CORE, MANIFESTS, SCHEMAS, TARGET_API),
    PLANNER("planner-service", "dev.migrator.planner..", CORE, KIT, TARGET_API, POLICY, SCHEMA_CHECKS),
    SNAPSHOTTER("snapshot-service", "dev.migrator.snapshot..", CORE, KIT, TARGET_API),
    EXECUTOR("executor-service", "dev.migrator.executor..", CORE, KIT, TARGET_API, ENGINE, SCHEMAS),
    VERIFIER("verifier-service", "dev.migrator.verifier..", CORE, KIT, TARGET_API),
    CONSOLE("console-service", "dev.migrator.console..", CORE, KIT, MANIFESTS, SCHEMAS),
    CLI("cli", "dev.migrator.cli..", CORE, MANIFESTS, TARGET_API, POLICY, SCHEMA_CHECKS, ENGINE),
    LOCAL_STACK("local-stack", "dev.migrator.localstack.."),
    BENCHMARKS("benchmarks", "dev.migrator.benchmarks..", CORE, SCHEMAS, KIT, CLI, LOCAL_STACK),
    DEMO("demo", "dev.migrator.demo..", CORE, MANIFESTS, CLI, LOCAL_STACK),
    CHAOS("chaos", "dev.migrator.chaos..", CORE, MANIFESTS, CLI, LOCAL_STACK, DEMO);

    /** Modules of the build that are not looked at: they hold no classes of the product. */
    static final List<String> WITHOUT_RULES = List.of(
            "targets",
            "service-testkit",
            "local-stack/servers/kafka",
            "local-stack/servers/connect",
            "local-stack/servers/apicurio",
            "local-stack/servers/s3proxy",
            "local-stack/servers/postgres",
            "e2e-tests");

    final String folder;
    /** As ArchUnit writes packages. */
    final String classes;

    private final List<Modules> uses;

    Modules(String folder, String classes, Modules... uses) {
        this.folder = folder;
        this.classes = classes;
        this.uses = List.of(uses);
    }

    /** Packages of ours that this module may depend on, its own among them. */
    String[] mayUse() {
        return Stream.concat(Stream.of(this), uses.stream())
                .map(module -> module.classes)
                .toArray(String[]::new);
    }

    boolean isService() {
        return folder.endsWith("-service");
    }

    static String[] services() {
        return Stream.of(values())
                .filter(Modules::isService)
                .map(module -> module.classes)
                .toArray(String[]::new);
    }

    /** Where the build puts the module's classes. */
    Path compiled() {
        return checkout().resolve(folder).resolve("target/classes");
    }

    static Path checkout() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("migrator")) && Files.isDirectory(folder.resolve("core"))) {
                return folder;
            }
        }
        throw new AssertionError("not inside the checkout: " + Path.of("").toAbsolutePath());
    }
}
