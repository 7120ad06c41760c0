package dev.migrator.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.console.DrillReports;
import dev.migrator.console.Statuses;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drift.DriftJson;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillJson;
import dev.migrator.core.fleet.FleetState;
import dev.migrator.core.fleet.FleetStatusJson;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.EvidenceLink;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.manifests.yaml.YamlReader;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document that clients read says what the classes do. */
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private Value.Obj document;

    @BeforeEach
    void parse() throws IOException {
        try (var file = getClass().getResourceAsStream("/META-INF/openapi.yaml")) {
            var content = YamlReader.standard().read(file.readAllBytes(), "openapi.yaml");
            assertThat(content.findings()).isEmpty();
            document = (Value.Obj) content.documents().getFirst().value();
        }
    }

    @Test
    void pathsAndMethodsAreThoseOfTheClasses() throws Exception {
        var documented = new TreeSet<String>();
        ((Value.Obj) document.get("paths"))
                .fields()
                .forEach((path, item) -> ((Value.Obj) item)
                        .fields().keySet().stream()
                                .filter(METHODS::contains)
                                .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        assertThat(documented).isNotEmpty().isEqualTo(served());
    }

    @Test
    void theStatesAreThoseOfTheLifecycle() {
        assertThat(texts(at(status(), "properties", "state", "enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(MigrationState.values()).map(Enum::name).toList());
    }

    @Test
    void aStatusHasTheMembersThatAreDocumented() {
        var written = StatusJson.toValue(Statuses.status("m-1", 1, MigrationState.PLANNED));

        assertThat(((Value.Obj) at(status(), "properties")).fields().keySet())
                .isEqualTo(written.fields().keySet());
    }

    @Test
    void aLinkOfTheChecklistHasTheMembersThatAreDocumentedAndLeadsToWhatIsServed() throws Exception {
        var line = new ChecklistLine(
                "dry-run",
                ChecklistLine.Mark.PASSED,
                "said",
                List.of(
                        new EvidenceLink("dry-run", "c/m-1/dry-run.json", Optional.empty()),
                        new EvidenceLink(EvidenceLink.REPORT, "", Optional.empty())));
        var links = StatusJson.links(new MigrationId("m-1"), line).items().stream()
                .map(Value.Obj.class::cast)
                .toList();

        assertThat(links)
                .allSatisfy(link -> assertThat(members("EvidenceLink"))
                        .isEqualTo(link.fields().keySet()));
        var served = served().stream()
                .map(one -> one.replaceAll("\\{[a-z]+}", "[a-z0-9-]+"))
                .toList();
        assertThat(links)
                .extracting(link -> ((Value.Text) link.get("href")).value())
                .allSatisfy(href -> assertThat(served).anyMatch(path -> ("GET " + href).matches(path)));
    }

    @Test
    void aRunOfAFleetHasTheMembersAndStatesThatAreDocumented() {
        var written = FleetStatusJson.toValue(FleetsResourceTest.status("f-1", 1, FleetState.RUNNING));
        var member =
                (Value.Obj) ((Value.Arr) written.get("environments")).items().getFirst();

        assertThat(members("FleetStatus")).isEqualTo(written.fields().keySet());
        assertThat(members("FleetMember")).isEqualTo(member.fields().keySet());
        assertThat(texts(at(document, "components", "schemas", "FleetStatus", "properties", "state", "enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(FleetState.values()).map(Enum::name).toList());
    }

    @Test
    void whatCameOfDrillsHasTheMembersAndWordsThatAreDocumented() {
        var written = DrillJson.toValue(DrillReports.passed("r-1", Instant.EPOCH));

        assertThat(members("Drill")).isEqualTo(written.fields().keySet());
        assertThat(texts(at(document, "components", "schemas", "Drill", "properties", "fault", "enum")))
                .containsExactlyElementsOf(DrillFault.labels());
    }

    @Test
    void aReportAboutDriftHasTheMembersThatAreDocumented() {
        var report = DriftJson.toValue(
                DriftResourceTest.report(Instant.EPOCH, List.of(), DriftResourceTest.finding()),
                Instant.EPOCH,
                _ -> java.util.Optional.empty());
        var finding = (Value.Obj) ((Value.Arr) report.get("items")).items().getFirst();

        assertThat(members("Drift")).isEqualTo(report.fields().keySet());
        assertThat(members("DriftFinding")).isEqualTo(finding.fields().keySet());
    }

    private Set<String> members(String schema) {
        return ((Value.Obj) at(document, "components", "schemas", schema, "properties"))
                .fields()
                .keySet();
    }

    @Test
    void theBearerTokenIsAskedForEverywhere() {
        assertThat(document.get("security")).isInstanceOf(Value.Arr.class);
        assertThat(at(document, "components", "securitySchemes", "bearer", "scheme"))
                .isEqualTo(Value.of("bearer"));
    }

    @Test
    void everyReferenceLeadsToSomething() {
        var references = new TreeSet<String>();
        collect(document, references);

        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(at(document, reference.substring(2).split("/"))).isInstanceOf(Value.Obj.class);
        });
    }

    private static void collect(Value from, Set<String> references) {
        if (from instanceof Value.Obj object) {
            object.fields().forEach((name, value) -> {
                if (name.equals("$ref")) {
                    references.add(((Value.Text) value).value());
                }
                collect(value, references);
            });
        } else if (from instanceof Value.Arr array) {
            array.items().forEach(item -> collect(item, references));
        }
    }

    private Value status() {
        return at(document, "components", "schemas", "MigrationStatus");
    }

    /** Method and path of every resource method in this package, as in {@code GET /api/v1/environments}. */
    private static Set<String> served() throws IOException, URISyntaxException {
        var folder = java.nio.file.Path.of(
                Users.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var served = new TreeSet<String>();
        try (var files = Files.list(folder.resolve("dev/migrator/console/api"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> type("dev.migrator.console.api." + name.replace(".class", "")))
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .forEach(type -> Arrays.stream(type.getDeclaredMethods())
                            .forEach(method ->
                                    http(method).forEach(verb -> served.add(verb + " " + path(type, method)))));
        }
        return served;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<String> http(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value);
    }

    private static String path(Class<?> type, Method method) {
        var below = method.getAnnotation(Path.class);
        return "/" + type.getAnnotation(Path.class).value() + (below == null ? "" : "/" + below.value());
    }

    private static Value at(Value from, String... names) {
        var value = from;
        for (String name : names) {
            value = ((Value.Obj) value).get(name);
        }
        return value;
    }

    private static Stream<String> texts(Value array) {
        return ((Value.Arr) array).items().stream().map(item -> ((Value.Text) item).value());
    }
}
