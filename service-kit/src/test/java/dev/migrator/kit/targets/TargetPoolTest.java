package dev.migrator.kit.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.kit.config.Credentials;
import dev.migrator.target.Capability;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetPoolTest {
    @TempDir
    Path folder;

    private final List<String> opened = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private TargetPool pool;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("reader.properties"), "password=r");
        Files.writeString(folder.resolve("checker.properties"), "password=c");
        var target = new TargetConfig(
                "kafka",
                "fake",
                "nowhere",
                Optional.empty(),
                Optional.of("reader"),
                Optional.of("writer"),
                Optional.of("checker"));
        var odd = new TargetConfig(
                "odd", "odd-type", "nowhere", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var environment = new Environment("test", 1, Protection.OPEN, "zone", List.of(target, odd));
        pool = new TargetPool(
                new Environments(List.of(environment)),
                new Credentials(Optional.of(folder)),
                Duration.ofSeconds(1),
                List.of(new FakeProvider()));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aConnectionIsOpenedOnceAndClosedWithThePool() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(pool.reading("test", "kafka", TargetReader::identity)).isEqualTo("read r");
        }
        assertThat(opened).containsExactly("read r");
        assertThat(closed).isEmpty();
        pool.close();
        assertThat(closed).containsExactly("read r");
    }

    @Test
    void readingAndCheckingUseTheirOwnCredentials() throws Exception {
        pool.reading("test", "kafka", TargetReader::identity);
        pool.checking("test", "kafka", checker -> checker.supports("http"));
        assertThat(opened).containsExactly("read r", "check c");
    }

    @Test
    void aServiceWithoutTheWriteCredentialCannotWrite() {
        assertCode("CRD-MISSING", () -> pool.writing("test", "kafka", TargetWriter::maxBatch));
        assertThat(opened).isEmpty();
    }

    @Test
    void afterAFailureTheNextCallerGetsANewConnection() throws Exception {
        assertThatThrownBy(() -> pool.reading("test", "kafka", reader -> {
                    throw new TargetException.Unavailable(Problem.of("TGT-AWAY", "away"), null);
                }))
                .isInstanceOf(TargetException.Unavailable.class);
        assertThat(closed).containsExactly("read r");
        pool.reading("test", "kafka", TargetReader::identity);
        assertThat(opened).hasSize(2);
    }

    @Test
    void aFailureDoesNotCloseUnderThoseWhoStillUseIt() throws Exception {
        pool.reading("test", "kafka", outer -> {
            assertThatThrownBy(() -> pool.reading("test", "kafka", inner -> {
                        throw new TargetException.Unavailable(Problem.of("TGT-AWAY", "away"), null);
                    }))
                    .isInstanceOf(TargetException.Unavailable.class);
            assertThat(closed).isEmpty();
            return outer.identity();
        });
        assertThat(closed).containsExactly("read r");
    }

    @Test
    void aRefusalKeepsTheConnection() {
        assertThatThrownBy(() -> pool.reading("test", "kafka", reader -> {
                    throw new TargetException.Refused(Problem.of("TGT-NO", "no"), null);
                }))
                .isInstanceOf(TargetException.Refused.class);
        assertThat(closed).isEmpty();
    }

    @Test
    void whatIsNotDeclaredIsNamed() {
        assertCode("TGT-UNKNOWN", () -> pool.reading("nowhere", "kafka", TargetReader::identity));
        assertCode("TGT-UNKNOWN", () -> pool.reading("test", "nothing", TargetReader::identity));
        assertCode("TGT-TYPE", () -> pool.reading("test", "odd", TargetReader::identity));
    }

    private static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private final class FakeProvider implements TargetProvider {
        @Override
        public String type() {
            return "fake";
        }

        @Override
        public List<String> kinds() {
            return List.of("topic");
        }

        @Override
        public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration timeout) {
            return new FakeReader(open("read", credentials));
        }

        @Override
        public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration timeout) {
            throw new AssertionError("nobody has the credential");
        }

        @Override
        public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration timeout) {
            String name = open("check", credentials);
            return new SmokeChecker() {
                @Override
                public boolean supports(String type) {
                    return true;
                }

                @Override
                public CheckResult run(SmokeCheck check) {
                    return CheckResult.passed(check.name(), name);
                }

                @Override
                public void close() {
                    closed.add(name);
                }
            };
        }

        private String open(String use, Map<String, String> credentials) {
            String name = use + " " + credentials.get("password");
            opened.add(name);
            return name;
        }
    }

    private final class FakeReader implements TargetReader {
        private final String name;

        FakeReader(String name) {
            this.name = name;
        }

        @Override
        public String identity() {
            return name;
        }

        @Override
        public SystemFacts facts() {
            throw new UnsupportedOperationException("the pool asks for nothing by itself");
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public Stream<EntryKey> list(String kind) {
            return Stream.empty();
        }

        @Override
        public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) {
            return Map.of();
        }

        @Override
        public void close() {
            closed.add(name);
        }
    }
}
