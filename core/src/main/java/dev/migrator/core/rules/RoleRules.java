package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;
import static dev.migrator.core.rules.Rule.warning;

import java.util.List;

/** What Role, RoleMember and Grant manifests have to be beyond their shape. */
final class RoleRules {
    static final List<Rule> ALL = List.of(
            error(
                    "GRA-OBJECT",
                    "no such privilege can be granted",
                    "spec.object of a Grant, and grantable for PUBLIC",
                    "the server refuses it, or has no object of such a name",
                    "leave out what is not expected, or write what is"),
            error(
                    "GRA-PRIVILEGE",
                    "objects of this type have no such privilege",
                    "spec.privileges of a Grant, against those that PostgreSQL has for the type of object",
                    "the server refuses it while the migration is under way",
                    "use a privilege that the type has"),
            error(
                    "GRA-REPEATED",
                    "a privilege is named twice",
                    "spec.privileges of a Grant",
                    "each privilege is an entry of its own, and no entry can be there twice",
                    "name each privilege once"),
            error(
                    "MEM-ITSELF",
                    "a role cannot be a member of itself",
                    "role and member of a RoleMember",
                    "the server refuses it while the migration is under way",
                    "correct one of the two"),
            warning(
                    "ROL-IDLE-PASSWORD",
                    "a role that cannot log in has a password",
                    "login: false beside a password",
                    "the password does nothing, until somebody lets the role log in",
                    "write login: true, or take the password out"),
            error(
                    "ROL-NAME",
                    "this is no name of a role that can be managed",
                    "the role's real name, the member of a RoleMember, the grantee of a Grant",
                    "names that begin with pg_ belong to the server, and others mean something else in its statements;"
                            + " members of some roles of the server can do everything",
                    "choose another name"));

    private RoleRules() {}
}
