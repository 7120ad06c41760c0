package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packaging with a real git: what a bundle is made of, and when it is refused. */
class PackageCommandTest {
    private static final String ORDERS = """
            apiVersion: migrator.dev/v1
            kind: Topic
            metadata: {name: orders}
            spec: {partitions: 3, replicationFactor: 1, config: {retention.ms: "60000"}}
            """;
    private static final String SCHEMA = """
            apiVersion: migrator.dev/v1
            kind: Schema
            metadata: {name: Order}
            spec: {type: PROTOBUF, version: "1", file: order.proto}
            """;
    private static final String PROTO = "syntax = \"proto3\";\nmessage Order {\n  string id = 1;\n}\n";

    @TempDir
    Path home;

    private GitFolder repository;
    private String commit;

    @BeforeEach
    void commitManifests() throws IOException {
        repository = GitFolder.at(Files.createDirectory(home.resolve("one")));
        repository
                .write("meta/orders.yaml", ORDERS)
                .write("meta/order.yaml", SCHEMA)
                .write("meta/order.proto", PROTO)
                .write("README.md", "not a manifest\n")
                .commit("Orders");
        commit = repository.git("rev-parse", "HEAD");
    }

    @Test
    void theEnvelopeNamesCommitAuthorTimeToolAndDigest() throws IOException {
        var result = pack(repository, "bundle.json");

        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        var envelope = (Value.Obj) CanonicalJson.parse(Files.readAllBytes(home.resolve("bundle.meta.json")));
        assertThat(envelope)
                .isEqualTo(Value.object(
                        "apiVersion", Value.of("migrator.dev/v1"),
                        "kind", Value.of("BundleEnvelope"),
                        "commit", Value.of(commit),
                        "author", Value.of("Ada <ada@shop.example>"),
                        "committedAt", Value.of("2026-03-01T10:00:00Z"),
                        "tool", Value.of("migrator 0.1.0"),
                        "resources", Value.of(2),
                        "digest",
                                Value.of(Digest.of(Files.readAllBytes(home.resolve("bundle.json")))
                                        .toString())));
    }

    @Test
    void oneCommitIsTheSameBytesInAnyCloneLocaleAndTimeZoneAndWithAnyLineEnds() throws IOException {
        pack(repository, "first.json");
        var locale = Locale.getDefault();
        var zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR")); // where I and i are others' letters
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            var other = repository.cloneTo(home.resolve("an other path").resolve("deep"), "-c", "core.autocrlf=true");
            assertThat(Files.readString(other.root().resolve("meta/order.proto")))
                    .contains("\r\n");

            var result = pack(other, "second.json");

            assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        for (String name : List.of(".json", ".meta.json")) {
            assertThat(Files.readAllBytes(home.resolve("second" + name)))
                    .as(name)
                    .isEqualTo(Files.readAllBytes(home.resolve("first" + name)));
        }
    }

    @Test
    void whatIsNotInTheCommitIsRefusedAndNamed() throws IOException {
        repository.write("meta/orders.yaml", ORDERS.replace("60000", "70000"));
        assertDirty("meta/orders.yaml");
        repository.git("checkout", "-q", ".");

        repository.write("meta/new topic.yaml", ORDERS.replace("orders", "other"));
        assertDirty("meta/new topic.yaml");
        Files.delete(repository.root().resolve("meta/new topic.yaml"));

        repository.git("mv", "meta/orders.yaml", "meta/renamed.yaml");
        assertDirty("meta/renamed.yaml");
        repository.git("reset", "-q", "--hard");

        Files.delete(repository.root().resolve("meta/orders.yaml"));
        assertDirty("meta/orders.yaml");
    }

    @Test
    void aManifestThatGitIgnoresIsNotInTheCommitEither() {
        repository.write(".gitignore", "secret*.yaml\n").commit("Ignore");
        repository.write("meta/secret-topic.yaml", ORDERS.replace("orders", "other"));

        assertDirty("meta/secret-topic.yaml");
    }

    @Test
    void changesOutsideTheFolderDoNotMatter() {
        repository.write("README.md", "changed\n").write("notes.txt", "new\n");

        assertThat(pack(repository, "bundle.json").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void dirtyFilesArePackagedOnRequestAndTheCommitSaysSo() throws IOException {
        repository.write("meta/orders.yaml", ORDERS.replace("60000", "70000"));

        var result = pack(repository, "bundle.json", "--allow-dirty");

        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(home.resolve("bundle.meta.json"))).contains(commit + "-dirty");
    }

    @Test
    void withoutARepositoryTheCommitIsNamedByHand() throws IOException {
        var folder = Files.createDirectory(home.resolve("plain"));
        Files.writeString(folder.resolve("orders.yaml"), ORDERS);

        var refused = Shell.run(home, "package", folder.toString(), "-f", home + "/x.json");
        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err()).contains("PKG-NO-COMMIT", "--commit");
        assertThat(home.resolve("x.json")).doesNotExist();

        var named = Shell.run(home, "package", folder.toString(), "-f", home + "/x.json", "--commit", "release-7");
        assertThat(named.code()).as(named.err()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(home.resolve("x.meta.json")))
                .contains("\"commit\":\"release-7\"")
                .doesNotContain("author");
        assertThat(Shell.run(home, "package", folder.toString(), "--commit", "no spaces")
                        .err())
                .contains("CHG-COMMIT");
    }

    @Test
    void aRepositoryCannotMakeUsRunItsPrograms() throws IOException {
        var program = home.resolve("run-me.sh");
        Files.writeString(program, "#!/bin/sh\ntouch '" + home.resolve("was-run") + "'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        repository.git("config", "core.fsmonitor", program.toString());

        pack(repository, "bundle.json");

        assertThat(home.resolve("was-run")).doesNotExist();
    }

    @Test
    void aPackagedFileIsSubmittedAsItIsUnderItsCommit() throws IOException {
        pack(repository, "bundle.json");
        Files.delete(repository.root().resolve("meta/orders.yaml"));
        try (var console = new FakeConsole().on("POST /api/v1/migrations", 202, Value.object("id", Value.of("m-1")))) {
            Shell.stackIsUp(home, console.url());

            var result =
                    Shell.run(home, "submit", home.resolve("bundle.json").toString(), "--env", "test", "--id", "m-1");

            assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
            var body = (Value.Obj) console.body("POST /api/v1/migrations");
            assertThat(body.get("commit")).isEqualTo(Value.of(commit));
            assertThat(body.get("bundle"))
                    .isEqualTo(CanonicalJson.parse(Files.readAllBytes(home.resolve("bundle.json"))));
        }
    }

    @Test
    void anEnvelopeOfAnotherBundleAndAFileThatIsNoBundleAreRefused() throws IOException {
        pack(repository, "bundle.json");
        Files.writeString(
                home.resolve("bundle.meta.json"),
                Files.readString(home.resolve("bundle.meta.json")).replace("sha256:", "sha256:0"));
        assertThat(submit("bundle.json").err()).contains("PKG-ENVELOPE");

        Files.writeString(home.resolve("other.json"), "{\"kind\":\"Other\"}");
        var result = submit("other.json");
        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("BND-FORMAT", "other.json");
    }

    private Shell.Result submit(String file) {
        try (var console = new FakeConsole().on("POST /api/v1/migrations", 202, Value.object("id", Value.of("m-1")))) {
            Shell.stackIsUp(home, console.url());
            return Shell.run(home, "submit", home.resolve(file).toString(), "--env", "test");
        }
    }

    private void assertDirty(String file) {
        var result = pack(repository, "dirty.json");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("PKG-DIRTY", file, "--allow-dirty");
        assertThat(home.resolve("dirty.json")).doesNotExist();
    }

    private Shell.Result pack(GitFolder from, String file, String... options) {
        var call = new java.util.ArrayList<>(List.of(
                "package",
                from.root().resolve("meta").toString(),
                "-f",
                home.resolve(file).toString()));
        call.addAll(List.of(options));
        return Shell.run(home, call.toArray(String[]::new));
    }
}
