package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeCommandTest {
    private static final String PURGES = "POST /api/v1/environments/production/purges";
    private static final String RETIRED = "GET /api/v1/environments/production/retired?limit=10000";

    @TempDir
    Path home;

    private final FakeConsole console = new FakeConsole();

    @BeforeEach
    void stackIsUp() {
        Shell.stackIsUp(home, console.url());
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void aPurgeSaysWhatGoesAndIsFollowedLikeAnyMigration() {
        console.on(PURGES, 202, answer());

        var result = run("purge", "--env", "production", "--id", "p-1");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out())
                .isEqualTo("production: what was retired by 2026-12-17T18:00:00Z goes for good\np-1\n"
                        + "Next: migrator watch p-1\n");
        assertThat(console.body(PURGES)).isEqualTo(json("{\"id\":\"p-1\",\"intent\":\"APPLY\"}"));
    }

    @Test
    void aPartOfItIsAskedFor() {
        console.on(PURGES, 202, answer());

        run(
                "purge",
                "--env=production",
                "--id=p-1",
                "--target=kafka",
                "--kind=topic",
                "--entry=orders.legacy",
                "-o",
                "json");

        assertThat(console.body(PURGES))
                .isEqualTo(json("{\"id\":\"p-1\",\"intent\":\"APPLY\",\"target\":\"kafka\",\"kind\":\"topic\","
                        + "\"entry\":\"orders.legacy\"}"));
    }

    @Test
    void withoutAnEnvironmentNothingIsAsked() {
        assertThat(run("purge").err()).contains("--env");
        assertThat(run("get", "retired").err()).contains("--env");
        assertThat(console.asked()).isEmpty();
    }

    @Test
    void whatIsRetiredIsListedWithTheTimeFromWhichItMayGo() {
        console.on(RETIRED, 200, json("""
                {"items":[
                  {"target":"kafka","kind":"topic","address":"orders.legacy","project":"shop","migrationId":"m-1",
                   "retiredAt":"2026-12-17T18:00:00Z","purgeableFrom":"2026-12-24T18:00:00Z","purgeable":true},
                  {"target":"kafka","kind":"topic","address":"refunds","project":"shop","migrationId":"m-2",
                   "retiredAt":"2026-12-20T18:00:00Z","purgeableFrom":"2026-12-27T18:00:00Z","purgeable":false}],
                 "more":false}"""));

        var result = run("get", "retired", "--env", "production");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).isEqualTo("""
                topic orders.legacy (kafka)  project shop
                  retired at 2026-12-17T18:00:00Z by migration m-1; may be purged
                topic refunds (kafka)  project shop
                  retired at 2026-12-20T18:00:00Z by migration m-2; may be purged from 2026-12-27T18:00:00Z
                """);
    }

    @Test
    void nothingIsSaidToBeRetiredWhereNothingIs() {
        console.on(RETIRED, 200, json("{\"items\":[],\"more\":false}"));

        assertThat(run("get", "retired", "--env", "production").out()).isEqualTo("nothing is retired in production\n");
    }

    private static Value.Obj answer() {
        return Value.object(
                "id", Value.of("p-1"),
                "bundleDigest", Value.of("sha256:0123"),
                "environment", Value.of("production"),
                "retiredBy", Value.of("2026-12-17T18:00:00Z"));
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }

    private static Value json(String text) {
        return CanonicalJson.parse(text);
    }
}
