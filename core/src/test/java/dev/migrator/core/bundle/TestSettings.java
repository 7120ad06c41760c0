package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.manifest;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Resource;
import java.util.List;

/** Settings documents for tests, written as JSON with single quotes. */
final class TestSettings {
    private TestSettings() {}

    static Value.Obj variables(String variables) {
        return manifest("Variables", "shop", "{'variables':" + variables + "}");
    }

    static Value.Obj overlay(String environment, String variables, String patches) {
        return overlay(environment, environment, variables, patches);
    }

    static Value.Obj overlay(String name, String environment, String variables, String patches) {
        return manifest(
                "Overlay",
                name,
                "{'environment':'" + environment + "','variables':" + variables + ",'patches':" + patches + "}");
    }

    static Value.Obj patching(String environment, String select, String patch) {
        return overlay(environment, "{}", "[{'select':" + select + ",'patch':" + patch + "}]");
    }

    static Value.Obj mapping(String environment, String... rules) {
        return manifest(
                "Mapping",
                environment,
                "{'environment':'" + environment + "','rules':[" + String.join(",", rules) + "]}");
    }

    /** A rule with one example; backslashes are doubled for JSON. */
    static String rule(String field, String match, String to, String given, String expect) {
        return "{'field':'" + field + "','match':'" + match.replace("\\", "\\\\") + "','to':'" + to
                + "','examples':[{'given':'" + given + "','expect':'" + expect + "'}]}";
    }

    static Value.Obj project(String name, String owns) {
        return manifest("Project", name, "{'owns':" + owns + "}");
    }

    static Value.Obj of(String project, Value.Obj manifest) {
        var metadata = TestManifests.with((Value.Obj) manifest.get("metadata"), "project", Value.of(project));
        return TestManifests.with(manifest, "metadata", metadata);
    }

    static Resource resource(Resolved resolved, String title) {
        return resolved.resources().stream()
                .filter(resource -> resource.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError(title + " is not among " + resolved));
    }

    static String spec(Resolved resolved, String title) {
        return CanonicalJson.text(resource(resolved, title).spec()).replace('"', '\'');
    }

    /** {@code CODE thing} of each finding. */
    static List<String> codes(Resolved resolved) {
        return resolved.findings().stream()
                .map(finding ->
                        finding.problem().code() + " " + finding.problem().thing())
                .toList();
    }
}
