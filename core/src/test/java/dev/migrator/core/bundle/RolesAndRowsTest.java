package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.RoleKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.UndoClass;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What manifests for a database become, and in which order. */
class RolesAndRowsTest {
    private static final Value.Obj ROLE =
            manifest("Role", "app", "{'login':true,'connectionLimit':5,'password':'${secret:app}'}");
    private static final Value.Obj GROUP = manifest("Role", "readers", "{'login':false}");
    private static final Value.Obj MEMBER =
            manifest("RoleMember", "app-in-readers", "{'role':'readers','member':'app','admin':false}");
    private static final Value.Obj GRANT = manifest(
            "Grant",
            "readers-fees",
            "{'grantee':'readers','privileges':['SELECT','UPDATE'],'object':{'type':'table','name':'fees'}}");
    private static final Value.Obj ROWS = manifest(
            "TableRows",
            "fees",
            "{'table':'fees','key':['b','a'],'rows':[{'a':1,'b':'x|y','v':[1,null]},{'a':2.50,'b':true}]}");

    private static Map<EntryKey, DesiredEntry> desired(Value.Obj... manifests) {
        var result = read(manifests);
        assertThat(codes(result)).isEmpty();
        return Desired.inNoEnvironment(
                        Kinds.standard(), result.bundle().orElseThrow().resources())
                .entries();
    }

    private static EntryKey key(String kind, String address) {
        return new EntryKey("postgresql", kind, address);
    }

    @Test
    void eachRowAndEachPrivilegeIsAnEntryThatIsItsOwnIdentity() {
        var entries = desired(ROWS, GRANT);

        assertThat(entries.keySet())
                .containsExactly(
                        key("grant", "readers|SELECT|table|public|fees"),
                        key("grant", "readers|UPDATE|table|public|fees"),
                        key("row", "public.fees|a=1|b=x%7Cy"),
                        key("row", "public.fees|a=2.5|b=true"));
        assertThat(entries.values())
                .allMatch(entry -> entry.uid().equals(entry.key().address()));
        assertThat(entries.get(key("row", "public.fees|a=1|b=x%7Cy")).content().fields())
                .containsOnlyKeys("column.v");
    }

    @Test
    void rolesComeBeforeWhatIsAboutThemAndGoAfterIt() {
        var there = desired(ROLE, GROUP, MEMBER, GRANT);
        assertThat(there.get(key("role-member", "readers|app")).dependsOn())
                .containsExactly(key("role", "app"), key("role", "readers"));
        assertThat(there.get(key("grant", "readers|SELECT|table|public|fees")).dependsOn())
                .containsExactly(key("role", "readers"));

        var going = desired(absent(ROLE), absent(GROUP), absent(MEMBER), absent(GRANT));
        assertThat(going.get(key("role-member", "readers|app")).dependsOn())
                .containsExactly(key("role", "app"), key("role", "readers"));
    }

    @Test
    void rowsWaitForTheStructureOfTheirTable() {
        var waiting = manifest(
                "TableRows",
                "fees",
                "{'table':'fees','key':['a'],'rows':[{'a':1}],"
                        + "'requires':{'table':'flyway_schema_history','column':'version','value':'12'}}");

        assertThat(desired(waiting).get(key("row", "public.fees|a=1")).dependsOn())
                .containsExactly(key("row", "public.flyway_schema_history|version=12"));
        assertThat(desired(absent(waiting)).get(key("row", "public.fees|a=1")).dependsOn())
                .isEmpty();
    }

    @Test
    void aPasswordIsAReferenceThatIsWrittenOnlyAndStaysWithARoleThatGoes() {
        assertThat(desired(ROLE).get(key("role", "app")).content().get(RoleKind.PASSWORD))
                .isEqualTo(Value.of("${secret:app}"));
        assertThat(desired(absent(ROLE))
                        .get(key("role", "app"))
                        .content()
                        .secrets()
                        .fields())
                .containsOnlyKeys(RoleKind.PASSWORD);
        assertThat(codes(read(manifest("Role", "app", "{'password':'plain'}"))))
                .containsExactly("MAN-VALUE Role/app, spec.password");
    }

    @Test
    void aLoginWhosePasswordIsNotNamedDoesNotComeBackWhole() {
        var login = Content.of(RoleKind.LOGIN, Value.of(true));
        assertThat(undo(login)).isEqualTo(UndoClass.NONE);
        assertThat(undo(login.and(Content.of(RoleKind.PASSWORD, Value.of("${secret:app}")))))
                .isEqualTo(UndoClass.EXACT);
        assertThat(undo(Content.of(RoleKind.LOGIN, Value.of(false)))).isEqualTo(UndoClass.EXACT);
    }

    private static UndoClass undo(Content before) {
        return new RoleKind()
                .assess(
                        new Operation.Delete(key("role", "app"), before, Removal.RETIRE),
                        new EntryState.Present(before, ""),
                        Set.of())
                .undo();
    }
}
