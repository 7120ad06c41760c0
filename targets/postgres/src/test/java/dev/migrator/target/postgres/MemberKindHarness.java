package dev.migrator.target.postgres;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Membership;
import dev.migrator.core.kinds.RoleMemberKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.testkit.KindHarness;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Members of one role whose name needs care. */
final class MemberKindHarness implements KindHarness {
    private static final String ROLE = "team | 100% \"x\"";

    static void makeRole() throws SQLException {
        TestDatabase.run("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'team | 100% \"x\"') THEN"
                + " CREATE ROLE " + Sql.name(ROLE) + "; END IF; END $$");
    }

    @Override
    public String kind() {
        return Kinds.ROLE_MEMBER;
    }

    static EntryKey key(String role, String member) {
        return new EntryKey(TestDatabase.TARGET, Kinds.ROLE_MEMBER, new Membership(role, member).address());
    }

    private static Operation.Create create(EntryKey key, boolean admin) {
        return new Operation.Create(
                key,
                Content.of(Map.of(
                        RoleMemberKind.ADMIN, Value.of(admin),
                        RoleMemberKind.INHERIT, Value.of(true))));
    }

    @Override
    public Operation.Create create(String name) {
        return create(key(ROLE, name), false);
    }

    @Override
    public List<Operation.Create> prerequisites(String name) {
        return List.of(new RoleKindHarness().create(name));
    }

    @Override
    public Optional<Operation.Update> update(Operation.Create create) {
        return Optional.of(new Operation.Update(
                create.key(),
                Content.of(RoleMemberKind.ADMIN, Value.of(false)),
                Content.of(RoleMemberKind.ADMIN, Value.of(true))));
    }

    @Override
    public Optional<Operation.Create> contradicting(Operation.Create create) {
        return Optional.of(create(create.key(), true));
    }

    /** Nobody of that name. */
    @Override
    public Optional<Operation.Create> refused(String name) {
        return Optional.of(create(name));
    }

    @Override
    public Optional<UnmanagedField> unmanagedField() {
        return Optional.of(new UnmanagedField(RoleMemberKind.SET, Value.of(false)));
    }

    @Override
    public List<String> nastyNames(String unique) {
        return List.of(unique + "/a|b%", unique + " \"quoted\" 'x' \\", unique + "-ünï-名", unique + " ; --");
    }

    @Override
    public int veryMany() {
        return 1_000;
    }

    @Override
    public String whyFewer() {
        return "each membership needs a role of its own first";
    }

    @Override
    public boolean hasIncarnations() {
        return false;
    }

    @Override
    public boolean removes() {
        return true;
    }

    @Override
    public boolean retires() {
        return false;
    }

    @Override
    public int longestName() {
        return 63;
    }

    @Override
    public void outsiderSets(EntryKey key, Content fields) throws SQLException {
        var pair = Membership.parse(key.address());
        for (var field : fields.fields().entrySet()) {
            TestDatabase.run("GRANT " + Sql.name(pair.role()) + " TO " + Sql.name(pair.member()) + " WITH "
                    + field.getKey() + " " + dev.migrator.core.canonical.CanonicalJson.text(field.getValue()));
        }
    }

    @Override
    public boolean outsiderRemoves(EntryKey key) throws SQLException {
        var pair = Membership.parse(key.address());
        TestDatabase.run("REVOKE " + Sql.name(pair.role()) + " FROM " + Sql.name(pair.member()));
        return true;
    }
}
