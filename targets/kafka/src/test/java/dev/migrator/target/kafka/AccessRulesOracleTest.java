package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.kinds.AccessRules;
import dev.migrator.core.kinds.AccessRules.Answer;
import dev.migrator.core.kinds.AccessRules.Call;
import dev.migrator.core.kinds.AclTuple;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the core says about rules is what Kafka's own authorizer decides, for many rules and calls made up by chance. */
class AccessRulesOracleTest {
    private static final List<String> PRINCIPALS = List.of("User:me", "User:me", "User:*", "User:you");
    private static final List<String> HOSTS = List.of("*", "*", "127.0.0.1", "127.0.0.2");
    private static final List<String> OPERATIONS = List.of(
            "ALL",
            "READ",
            "WRITE",
            "CREATE",
            "DELETE",
            "ALTER",
            "DESCRIBE",
            "DESCRIBE_CONFIGS",
            "ALTER_CONFIGS",
            "CLUSTER_ACTION");
    private static final List<String> NAMES = List.of("a", "ab", "abc", "b", "b-longer", "*");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theyAgree(long seed) throws UnknownHostException {
        var random = new Random(seed);
        int allowed = 0;
        int denied = 0;
        for (int round = 0; round < 300; round++) {
            var rules = rules(random);
            var strict = authorizer(rules, false);
            var lenient = authorizer(rules, true);
            for (int i = 0; i < 10; i++) {
                var call = call(random);
                var answer = new AccessRules(rules).ask(call);

                assertThat(decided(strict, call)).as(rules + " " + call).isEqualTo(answer == Answer.ALLOWED);
                if (answer == Answer.DENIED) {
                    assertThat(decided(lenient, call)).as(rules + " " + call).isFalse();
                    denied++;
                }
                allowed += answer == Answer.ALLOWED ? 1 : 0;
            }
        }
        assertThat(allowed).as("of 3000 calls").isBetween(150, 2500);
        assertThat(denied).as("of 3000 calls").isBetween(150, 2500);
    }

    private static List<AclTuple> rules(Random random) {
        var rules = new ArrayList<AclTuple>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            boolean cluster = random.nextInt(4) == 0;
            rules.add(new AclTuple(
                    one(PRINCIPALS, random),
                    one(HOSTS, random),
                    random.nextInt(3) == 0 ? "ALL" : one(OPERATIONS, random),
                    random.nextInt(3) == 0 ? "DENY" : "ALLOW",
                    cluster ? "CLUSTER" : "TOPIC",
                    !cluster && random.nextBoolean() ? "PREFIXED" : "LITERAL",
                    cluster ? "kafka-cluster" : one(NAMES, random)));
        }
        return rules;
    }

    private static Call call(Random random) {
        boolean cluster = random.nextInt(4) == 0;
        var operation = OPERATIONS.get(1 + random.nextInt(OPERATIONS.size() - 1)); // nobody asks for ALL
        return new Call(
                "User:me",
                random.nextBoolean() ? "127.0.0.1" : "127.0.0.3",
                operation,
                cluster ? "CLUSTER" : "TOPIC",
                cluster ? "kafka-cluster" : NAMES.get(random.nextInt(NAMES.size() - 1)));
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static StandardAuthorizer authorizer(List<AclTuple> rules, boolean everyoneWithoutRules) {
        var authorizer = new StandardAuthorizer();
        authorizer.configure(Map.of(
                StandardAuthorizer.ALLOW_EVERYONE_IF_NO_ACL_IS_FOUND_CONFIG, String.valueOf(everyoneWithoutRules)));
        authorizer.withPluginMetrics(new PluginMetricsImpl(new Metrics(), Map.of()));
        var acls = new HashMap<Uuid, StandardAcl>();
        long id = 1;
        for (var rule : List.copyOf(new java.util.LinkedHashSet<>(rules))) {
            acls.put(
                    new Uuid(1, id++),
                    new StandardAcl(
                            ResourceType.valueOf(rule.resourceType()),
                            rule.resourceName(),
                            PatternType.valueOf(rule.patternType()),
                            rule.principal(),
                            rule.host(),
                            AclOperation.valueOf(rule.operation()),
                            AclPermissionType.valueOf(rule.permission())));
        }
        authorizer.loadSnapshot(acls);
        authorizer.completeInitialLoad();
        return authorizer;
    }

    private static boolean decided(StandardAuthorizer authorizer, Call call) throws UnknownHostException {
        var action = new Action(
                AclOperation.valueOf(call.operation()),
                new ResourcePattern(
                        ResourceType.valueOf(call.resourceType()), call.resourceName(), PatternType.LITERAL),
                1,
                false,
                false);
        return authorizer.authorize(new From(call), List.of(action)).getFirst() == AuthorizationResult.ALLOWED;
    }

    /** A request as a broker sees it. */
    private record From(KafkaPrincipal principal, InetAddress clientAddress) implements AuthorizableRequestContext {
        From(Call call) throws UnknownHostException {
            this(
                    new KafkaPrincipal("User", call.principal().substring("User:".length())),
                    InetAddress.getByName(call.host()));
        }

        @Override
        public String listenerName() {
            return "PLAINTEXT";
        }

        @Override
        public SecurityProtocol securityProtocol() {
            return SecurityProtocol.PLAINTEXT;
        }

        @Override
        public int requestType() {
            return 0;
        }

        @Override
        public int requestVersion() {
            return 0;
        }

        @Override
        public String clientId() {
            return "";
        }

        @Override
        public int correlationId() {
            return 0;
        }
    }
}
