package dev.migrator.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keeps the arrows between the modules as they are drawn, and the core pure. */
class ModuleRulesTest {
    /** Owner and name of what brings time or chance into a computation. */
    private static final Set<String> TIME_AND_CHANCE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Math.random",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.util.UUID.randomUUID",
            "java.util.Random.<init>",
            "java.util.SplittableRandom.<init>",
            "java.security.SecureRandom.<init>",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault",
            "java.lang.System.getenv",
            "java.lang.System.getProperty");

    private static JavaClasses product;

    @BeforeAll
    static void readClasses() {
        for (Modules module : Modules.values()) {
            assertThat(module.compiled())
                    .as("compiled classes of " + module.folder)
                    .isDirectory();
        }
        product = new ClassFileImporter()
                .importPaths(Stream.of(Modules.values()).map(Modules::compiled).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aModuleUsesOnlyTheModulesThatItsArrowsPointAt(Modules module) {
        noClasses()
                .that()
                .resideInAPackage(module.classes)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.migrator..").and(not(resideInAnyPackage(module.mayUse()))))
                .check(product);
    }

    @Test
    void everyModuleOfTheBuildHasItsArrows() throws IOException {
        var known = Stream.concat(
                        Stream.of(Modules.values()).map(module -> module.folder), Modules.WITHOUT_RULES.stream())
                .collect(toSet());

        assertThat(modulesIn("")).isSubsetOf(known);
        assertThat(modulesIn("targets/")).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void coreUsesTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("dev.migrator.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.migrator.core..",
                        "java.lang",
                        "java.lang.invoke",
                        "java.lang.reflect",
                        "java.lang.runtime",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream",
                        "java.util.zip",
                        "java.time",
                        "java.math",
                        "java.text",
                        "java.nio",
                        "java.nio.charset",
                        "java.security",
                        "java.security.spec",
                        "java.io")
                .check(product);
    }

    @Test
    void coreKnowsNoTimeAndNoChance() {
        noClasses()
                .that()
                .resideInAPackage("dev.migrator.core..")
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "brings time, chance or the machine in", call -> TIME_AND_CHANCE.contains(name(call))))
                .check(product);
    }

    @Test
    void theEngineTakesTimeAndChanceFromItsPaceAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.migrator.engine..")
                .and(not(DescribedPredicate.describe(
                        "are Pace", type -> type.getName().startsWith("dev.migrator.engine.Pace"))))
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "brings time or chance in", call -> TIME_AND_CHANCE.contains(name(call))))
                .check(product);
    }

    @Test
    void avroStaysBehindTheKitAndWhereRecordsPassThrough() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.migrator.events..",
                        "dev.migrator.kit..",
                        // reads events as any outsider does
                        "dev.migrator.chaos..",
                        // reads the schemas that manifests hold, and no events
                        "dev.migrator.schemachecks..",
                        "dev.migrator.executor.stream..",
                        "dev.migrator.executor.work..",
                        "dev.migrator.console.work..",
                        // looks at when records were written, and by whom
                        "dev.migrator.benchmarks.pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.avro..", "dev.migrator.events..")
                .check(product);
    }

    @Test
    void partsOfAServiceAreWhereTheyAreLookedFor() {
        classes()
                .that()
                .resideInAnyPackage(Modules.services())
                .should()
                .resideInAnyPackage("..api..", "..stream..", "..work..", "..config..", "..health..")
                .check(product);
    }

    @Test
    void inAServiceOnlyItsWorkTouchesTargets() {
        noClasses()
                .that()
                .resideInAnyPackage(Modules.services())
                .and()
                .resideOutsideOfPackages("..work..", "..config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.migrator.target..", "dev.migrator.kit.targets..", "dev.migrator.engine..")
                .check(product);
    }

    @Test
    void theTopologyReachesNothingThatBlocks() {
        noClasses()
                .that()
                .resideInAPackage("dev.migrator.executor.stream..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.migrator.kit.objects..",
                        "dev.migrator.kit.targets..",
                        "dev.migrator.kit.worker..",
                        "java.net..",
                        "java.sql..")
                .check(product);
    }

    @Test
    void theHttpApiKnowsNeitherBrokersNorBuckets() {
        noClasses()
                .that()
                .resideInAPackage("dev.migrator.console.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "dev.migrator.kit.objects..", "io.minio..")
                .check(product);
    }

    /** Everything else that people call reads targets through clients that have no write methods. */
    @Test
    void ofTheCommandLineOnlyTheUndoByKitCanWriteToTargets() {
        noClasses()
                .that()
                .resideInAPackage("dev.migrator.cli..")
                .and()
                .resideOutsideOfPackage("dev.migrator.cli.undo..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.migrator.target.TargetWriter")
                .orShould()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "opens a target for writing",
                        call -> call.getTarget().getName().equals("openWriter")))
                .check(product);
        noClasses()
                .that()
                .resideInAPackage("dev.migrator.cli..")
                .and()
                .resideOutsideOfPackage("dev.migrator.cli.undo..")
                .and(not(DescribedPredicate.describe(
                        "are the command that undoes by kit, or its options",
                        type -> Set.of("UndoCommand", "BucketOptions").contains(type.getSimpleName()))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.migrator.engine..", "dev.migrator.cli.undo.."))
                .check(product);
    }

    @Test
    void onlyTheCommandLinesWriteToTheStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.migrator.localstack..",
                        "dev.migrator.demo..",
                        "dev.migrator.chaos..",
                        "dev.migrator.cli..",
                        "dev.migrator.target.verify..",
                        "dev.migrator.benchmarks..")
                .should(ACCESS_STANDARD_STREAMS)
                .check(product);
    }

    private static String name(JavaCall<?> call) {
        return call.getTargetOwner().getName() + "." + call.getTarget().getName();
    }

    /** As the pom of that folder names them, from the checkout's root. */
    private static Set<String> modulesIn(String folder) throws IOException {
        var pom = Files.readString(Modules.checkout().resolve(Path.of(folder + "pom.xml")));
        return Pattern.compile("<module>([^<]+)</module>")
                .matcher(pom)
                .results()
                .map(found -> folder + found.group(1))
                .collect(toSet());
    }
}
