package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Entries of in-house systems: any fields, compared as values, undone as far as the system can. */
class ExternalPlansTest {
    private static final Environment PRODUCTION = Planning.environment(Planning.target("gateway", "http"));
    private static final EntryKey KEY = new EntryKey("gateway", "external", "bucket-policy/orders");

    @Test
    void whatIsNotThereIsMadeWithAllItsFields() {
        var operation = planned(EntryState.ABSENT, "DELETE", "RETIRE");

        assertThat(operation.operation()).isEqualTo(new Operation.Create(KEY, content("{'Id':null,'S':[{'a':1}]}")));
        assertThat(operation.undo()).isEqualTo(UndoClass.EXACT);
    }

    @Test
    void onlyFieldsThatDifferAreWrittenAndOthersAreLeftAlone() {
        var operation = planned(present("{'S':[{'a':2}],'other':true}"), "DELETE");

        assertThat(operation.operation())
                .isEqualTo(new Operation.Update(KEY, content("{'S':[{'a':2}]}"), content("{'S':[{'a':1}]}")));
        assertThat(operation.undo()).isEqualTo(UndoClass.EXACT);
    }

    @Test
    void numbersAreComparedByWhatTheyAre() {
        assertThat(plan("{'S':[{'a':1.0}]}", present("{'S':[{'a':1}]}")).isEmpty())
                .isTrue();
    }

    @Test
    void whatUndoingGivesBackDependsOnTheSystem() {
        assertThat(planned(EntryState.ABSENT, "RETIRE").undo()).isEqualTo(UndoClass.RETAINED);
        var removal = plan(absent(resource("{}")), present("{}"), Set.of("DELETE", "RETIRE"));
        assertThat(removal.operations().findFirst().orElseThrow().undo()).isEqualTo(UndoClass.EXACT);
    }

    @Test
    void aFieldMayHaveAnyNameButAReservedOne() {
        assertThat(codes(read(resource("{'a b':1,'ü/~':{},'secret':null}")))).isEmpty();
        assertThat(codes(read(resource("{'secret.x':1,'':2}"))))
                .containsExactly(
                        "EXT-FIELD-NAME External/orders, spec.fields.",
                        "EXT-FIELD-NAME External/orders, spec.fields.secret.x");
    }

    @Test
    void aSecretIsTheWholeValueOfAFieldAndIsNotRead() {
        assertThat(codes(read(resource("{'auth':{'token':'${secret:a}'},'url':'https://x/${secret:a}'}"))))
                .containsExactly(
                        "EXT-SECRET External/orders, spec.fields.auth", "EXT-SECRET External/orders, spec.fields.url");
        assertThat(codes(read(manifest("External", "orders", "{'type':'route','fields':'${secret:a}'}"))))
                .containsExactly("EXT-SECRET External/orders, spec.fields");

        var create = plan(resource("{'f':1,'token':'${secret:a}'}"), EntryState.ABSENT, Set.of("DELETE"));

        assertThat(create.operations().findFirst().orElseThrow().operation())
                .isEqualTo(new Operation.Create(KEY, content("{'f':1,'secret.token':'${secret:a}'}")));
        assertThat(plan("{'f':1,'token':'${secret:a}'}", present("{'f':1}")).isEmpty())
                .isTrue();
    }

    @Test
    void fieldsAreAnObjectAndNeededUnlessTheEntryShallBeGone() {
        assertThat(codes(read(manifest("External", "orders", "{'type':'bucket-policy','fields':[]}"))))
                .containsExactly("MAN-WRONG-TYPE External/orders, spec.fields");
        assertThat(codes(read(manifest("External", "orders", "{'type':'bucket-policy'}"))))
                .containsExactly("MAN-MISSING-FIELD External/orders, spec");
        assertThat(codes(read(absent(manifest("External", "orders", "{'type':'bucket-policy'}")))))
                .isEmpty();
        assertThat(codes(read(manifest("External", "orders", "{'type':'Bucket','fields':{}}"))))
                .containsExactly("MAN-VALUE External/orders, spec.type");
    }

    private static PlannedOperation planned(EntryState found, String... capabilities) {
        return plan(resource("{'S':[{'a':1}],'Id':null}"), found, Set.of(capabilities))
                .operations()
                .findFirst()
                .orElseThrow();
    }

    private static Plan plan(String fields, EntryState found) {
        return plan(resource(fields), found, Set.of("DELETE"));
    }

    private static Plan plan(Value.Obj manifest, EntryState found, Set<String> capabilities) {
        var bundle = read(manifest).bundle().orElseThrow();
        var states = new TreeMap<EntryKey, EntryState>();
        Planner.keysToRead(PRODUCTION, bundle.resources()).keys().forEach(key -> states.put(key, found));
        assertThat(states).containsOnlyKeys(KEY);
        return Planning.plan(new PlanInput(
                PRODUCTION,
                bundle.resources(),
                bundle.digest(),
                states,
                Map.of("gateway", capabilities),
                PlanLimits.STANDARD,
                Digest.ofText("policy")));
    }

    private static Value.Obj resource(String fields) {
        return manifest("External", "orders", "{'type':'bucket-policy','fields':" + fields + "}");
    }

    private static EntryState present(String fields) {
        return new EntryState.Present(content(fields), "1");
    }

    private static Content content(String fields) {
        return Content.of(((Value.Obj) json(fields)).fields());
    }
}
