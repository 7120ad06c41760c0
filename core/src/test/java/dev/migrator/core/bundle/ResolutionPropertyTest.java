package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.acl;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestSettings.mapping;
import static dev.migrator.core.bundle.TestSettings.overlay;
import static dev.migrator.core.bundle.TestSettings.rule;
import static dev.migrator.core.bundle.TestSettings.variables;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Placeholders;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every bundle and every environment. */
class ResolutionPropertyTest {
    private static final List<String> ENVIRONMENTS = List.of("test", "staging", "production", "nowhere");

    @Property(tries = 100)
    void theOrderOfManifestsMakesNoDifference(@ForAll Random random) {
        var manifests = shop(random);
        var shuffled = new ArrayList<>(manifests);
        Collections.shuffle(shuffled, random);
        var one = bundle(manifests);
        var other = bundle(shuffled);

        assertThat(other.bytes()).isEqualTo(one.bytes());
        for (var environment : ENVIRONMENTS) {
            assertThat(other.resolve(environment).resources())
                    .isEqualTo(one.resolve(environment).resources());
            assertThat(other.resolve(environment).findings())
                    .isEqualTo(one.resolve(environment).findings());
        }
    }

    @Property(tries = 100)
    void resolvingTwiceIsResolvingOnce(@ForAll Random random) {
        var bundle = bundle(shop(random));

        for (var environment : ENVIRONMENTS) {
            var once = bundle.resolve(environment);
            assertThat(bundle.resolve(environment)).isEqualToComparingOnlyGivenFields(once, "resources", "findings");
            if (once.stops()) {
                continue;
            }
            var again = bundle(once.resources().stream()
                    .map(ResolutionPropertyTest::written)
                    .toList());
            assertThat(again.resolve(environment).resources())
                    .as("what was resolved says nothing but itself")
                    .isEqualTo(once.resources());
        }
    }

    @Property(tries = 100)
    void aBundleIsReadAgainFromItsBytesWithItsSettings(@ForAll Random random) {
        var bundle = bundle(shop(random));
        var again = BundleReader.read(bundle.bytes(), bundle.digest()).bundle().orElseThrow();

        assertThat(again.bytes()).isEqualTo(bundle.bytes());
        for (var environment : ENVIRONMENTS) {
            assertThat(again.resolve(environment).resources())
                    .isEqualTo(bundle.resolve(environment).resources());
        }
    }

    @Property(tries = 100)
    void uidsAreTheSameInEveryEnvironment(@ForAll Random random) {
        var bundle = bundle(shop(random));
        var uids = new TreeMap<String, String>();

        for (var environment : ENVIRONMENTS) {
            for (var resource : bundle.resolve(environment).resources()) {
                assertThat(uids.putIfAbsent(resource.title(), resource.uid())).isIn(null, resource.uid());
            }
        }
    }

    @Property(tries = 50)
    void aBundleWithoutSettingsHasTheBytesOfItsManifestsAlone(@ForAll Random random) {
        var topics = new ArrayList<Value.Obj>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            topics.add(topic("t" + i, "{'retention.ms':" + random.nextInt(1000) + "}"));
        }
        var bundle = bundle(topics);

        assertThat(bundle.digest())
                .isEqualTo(Digest.of(Value.object(
                        "apiVersion", Value.of("migrator.dev/v1"),
                        "kind", Value.of("Bundle"),
                        "resources", Value.array(topics))));
        assertThat(bundle.resolve("production").resources()).isEqualTo(bundle.resources());
    }

    private static Value.Obj written(Resource resource) {
        var metadata = new TreeMap<String, Value>();
        metadata.put("name", Value.of(resource.name()));
        metadata.put("project", Value.of(resource.project()));
        var labels = new TreeMap<String, Value>();
        resource.labels().forEach((label, value) -> labels.put(label, Value.of(value)));
        metadata.put("labels", Placeholders.escapedButSecrets(Value.object(labels)));
        var manifest = Value.object(
                "apiVersion", Value.of("migrator.dev/v1"),
                "kind", Value.of(resource.kind()),
                "metadata", Value.object(metadata),
                "spec", Placeholders.escapedButSecrets(resource.spec()));
        return resource.absent() ? TestManifests.absent(manifest) : manifest;
    }

    /** A right bundle: resources with and without variables, and overlays and mappings of some environments. */
    private static List<Value.Obj> shop(Random random) {
        var manifests = new ArrayList<Value.Obj>();
        for (int i = 0; i < 2 + random.nextInt(5); i++) {
            var topic = random.nextBoolean()
                    ? topic("shop.t" + i, "{'retention.ms':'${env.retention}'}")
                    : manifest("Topic", "shop.t" + i, "{'partitions':'${env.partitions}','replicationFactor':1}");
            manifests.add(random.nextInt(4) == 0 ? TestManifests.canary(topic) : topic);
        }
        manifests.add(
                acl("all", "User:${env.who}", "['READ']", "{'type':'topic','name':'shop.','pattern':'prefixed'}"));
        manifests.add(schema("Order", "1"));
        manifests.add(manifest(
                "SmokeCheck",
                "web",
                "{'type':'http','url':'http://host.test/$${x}/$$${y}/${env.who}/" + random.nextInt(3) + "'}"));
        manifests.add(
                variables(
                        "{'retention':{'type':'integer','default':" + (1 + random.nextInt(9))
                                + "},'who':{'type':'string','default':'a$${b}'},'partitions':{'type':'integer','default':'${env.retention}'}}"));
        for (var environment : List.of("staging", "production")) {
            if (random.nextBoolean()) {
                var patches = "[{'select':{'name':'shop.*'},'patch':{'spec':{'replicationFactor':"
                        + (1 + random.nextInt(3)) + "},'labels':{'seen':'${env.who}'}}}]";
                manifests.add(overlay(environment, "{'retention':" + (10 + random.nextInt(9)) + "}", patches));
                manifests.add(overlay(environment + "-2", environment, "{'who':'w'}", "[]"));
            }
            if (random.nextBoolean()) {
                manifests.add(mapping(
                        environment,
                        rule("address", "shop\\.(.*)", environment + ".$1", "shop.x", environment + ".x"),
                        rule("principal", "User:(.*)", "User:p-$1", "User:a", "User:p-a"),
                        rule("host", "(.*)\\.test", "$1.prod", "a.test", "a.prod")));
            }
        }
        return manifests;
    }
}
