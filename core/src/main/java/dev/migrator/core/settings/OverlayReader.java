package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads overlays of the right shape. */
final class OverlayReader {
    private static final Set<String> PATCHED = Set.of("spec", "labels", "state");
    private static final Set<Value> STATES = Set.of(Value.of("absent"), Value.of("unmanaged"), Value.NULL);
    private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "metadata", "name", "uid", "project");

    private final Document document;
    private final List<Finding> findings;

    OverlayReader(Document document, List<Finding> findings) {
        this.document = document;
        this.findings = findings;
    }

    Overlay read() {
        var spec = document.spec();
        var patches = new ArrayList<Patch>();
        var written = Specs.items(spec, "patches");
        for (int i = 0; i < written.size(); i++) {
            patch((Value.Obj) written.get(i), Notes.under("/spec/patches", String.valueOf(i)))
                    .ifPresent(patches::add);
        }
        return new Overlay(
                document.name(),
                Specs.text(spec, "environment").orElseThrow(),
                Specs.object(spec, "variables").fields(),
                patches,
                document);
    }

    private Optional<Patch> patch(Value.Obj written, String pointer) {
        var select = selection(Specs.object(written, "select"));
        int before = findings.size();
        if (select.isEmpty()) {
            error(
                    Notes.under(pointer, "select"),
                    Problem.of("OVL-SELECTS-ALL", "a patch does not say what it selects")
                            .expected("a kind, a name or labels")
                            .found("none of them"));
        }
        var patch = Specs.object(written, "patch");
        var place = Notes.under(pointer, "patch");
        patch.fields().forEach((name, value) -> field(name, value, Notes.under(place, name)));
        return findings.size() == before ? Optional.of(Patch.of(select, patch, document, pointer)) : Optional.empty();
    }

    private void field(String name, Value value, String place) {
        if (IDENTITY.contains(name)) {
            error(
                    place,
                    Problem.of("OVL-IDENTITY", "an overlay cannot change what a resource is")
                            .expected("spec, labels or state")
                            .found(name)
                            .todo("a resource has the same kind, name, uid and project everywhere; its real name is"
                                    + " spec.address, or what a Mapping makes of it"));
        } else if (!PATCHED.contains(name)) {
            error(
                    place,
                    Problem.of("MAN-UNKNOWN-FIELD", "a field is not known here")
                            .expected("one of labels, spec, state")
                            .found(name)
                            .todo("put fields of a resource under spec"));
        } else if (name.equals("state") ? !STATES.contains(value) : !isObject(value)) {
            error(
                    place,
                    Problem.of("MAN-VALUE", "a value is not allowed here")
                            .expected(name.equals("state") ? "absent, unmanaged, or null for neither" : "an object")
                            .found(Scalars.shown(value)));
        }
    }

    private static boolean isObject(Value value) {
        return value instanceof Value.Obj;
    }

    private static Selection selection(Value.Obj written) {
        var labels = new TreeMap<String, String>();
        Specs.object(written, "labels").fields().forEach((name, value) -> labels.put(name, Scalars.text(value)));
        return new Selection(Specs.text(written, "kind"), Specs.text(written, "name"), labels);
    }

    private void error(String pointer, Problem problem) {
        findings.add(document.error(pointer, problem));
    }
}
