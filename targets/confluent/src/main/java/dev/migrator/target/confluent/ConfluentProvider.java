package dev.migrator.target.confluent;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.httpclient.HttpConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Opens registries that speak the Confluent API by its address, e.g. {@code https://registry:8081}, or with Apicurio
 * {@code http://registry:8080/apis/ccompat/v7}. A credential has either {@code username} and {@code password}, or {@code
 * token}, which is sent as a bearer token. Opening makes no call.
 */
public final class ConfluentProvider implements TargetProvider {
    private static final HttpConnection CONNECTION =
            new HttpConnection("a registry", "http:// or https://, host, and with Apicurio the path /apis/ccompat/v7");

    @Override
    public String type() {
        return "confluent-registry";
    }

    @Override
    public List<String> kinds() {
        return List.of(SubjectKind.SUBJECT, SubjectKind.VERSION);
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ConfluentReader(config.name(), open(config, credentials, callTimeout));
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ConfluentWriter(config.name(), open(config, credentials, callTimeout));
    }

    /** There is no check that such a registry takes part in. */
    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
        return new SmokeChecker() {
            @Override
            public boolean supports(String type) {
                return false;
            }

            @Override
            public CheckResult run(SmokeCheck check) {
                return CheckResult.failed(
                        check.name(),
                        Problem.of("TGT-CHECK", "the check cannot be run against a registry")
                                .about("SmokeCheck/" + check.name())
                                .found(check.type()));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<Problem> unreachable(TargetConfig config, Map<String, String> credentials, Duration atMost) {
        return HttpConnection.unreachable(config, atMost);
    }

    private static SubjectHttp open(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        var expected = config.expectedClusterId().filter(id -> !id.isEmpty());
        if (expected.isPresent()) {
            throw new TargetException.Refused(
                    Problem.of("TGT-WRONG-CLUSTER", "a registry has no cluster id that could be compared")
                            .about("target " + config.name())
                            .expected(expected.get())
                            .found("none")
                            .todo("remove clusterId from this target in environments.yaml"),
                    null);
        }
        return new SubjectHttp(
                CONNECTION.base(config), CONNECTION.authorization(config.name(), credentials), callTimeout);
    }
}
