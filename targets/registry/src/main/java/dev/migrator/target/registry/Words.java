package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.RegistryFields;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Json;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a registry says about a group, an artifact or a version: name, description and labels, ours among them. A name
 * once given is not taken away again, only made empty: empty is the same as none.
 *
 * @param labels a label may have no value
 */
record Words(Value name, Value description, SortedMap<String, String> labels) {
    Words {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    static Words of(Value.Obj described) {
        return new Words(text(described, Fields.NAME), text(described, Fields.DESCRIPTION), labels(described));
    }

    private static SortedMap<String, String> labels(Value.Obj described) {
        var labels = new TreeMap<String, String>();
        if (described.get("labels") instanceof Value.Obj(var fields)) {
            fields.forEach((label, value) -> labels.put(label, value instanceof Value.Text(var text) ? text : null));
        }
        return labels;
    }

    private static Value text(Value.Obj described, String field) {
        return described.get(field) instanceof Value.Text(var text) && !text.isEmpty()
                ? described.get(field)
                : Value.NULL;
    }

    /** Adds what the labels of others are, and what it is called. */
    void addTo(Map<String, Value> fields) {
        fields.put(Fields.NAME, name);
        fields.put(Fields.DESCRIPTION, description);
        labels.forEach((label, value) -> {
            if (!ours(label)) {
                fields.put(Fields.LABEL + label, Value.of(value));
            }
        });
    }

    private static boolean ours(String label) {
        return label.startsWith(RegistryFields.OWN_LABELS);
    }

    static boolean isOne(String field) {
        return field.equals(Fields.NAME) || field.equals(Fields.DESCRIPTION) || field.startsWith(Fields.LABEL);
    }

    /** Refuses what such a field cannot hold, before anything is written. */
    static void check(EntryKey key, String field, Value value) throws EntryRefused {
        if (!value.isNull() && !(value instanceof Value.Text)) {
            throw EntryRefused.field(key, "TGT-FIELD", "this field holds a text", field);
        }
        if (field.startsWith(Fields.LABEL) && ours(field.substring(Fields.LABEL.length()))) {
            throw EntryRefused.field(
                    key, "TGT-FIELD", "labels with this beginning are how entries out of use are marked", field);
        }
    }

    /** All labels as they are to be: those that are wanted changed, the others kept. */
    SortedMap<String, String> labelsWith(Content wanted) {
        var changed = new TreeMap<>(labels);
        wanted.fields().forEach((field, value) -> {
            if (field.startsWith(Fields.LABEL)) {
                var label = field.substring(Fields.LABEL.length());
                if (value instanceof Value.Text(var text)) {
                    changed.put(label, text);
                } else {
                    changed.remove(label);
                }
            }
        });
        return changed;
    }

    /** What to send so that all that is wanted holds, with these labels; no fields when nothing differs. */
    Value.Obj change(Content wanted, SortedMap<String, String> newLabels) {
        var body = new TreeMap<String, Value>();
        for (var field : new String[] {Fields.NAME, Fields.DESCRIPTION}) {
            var there = field.equals(Fields.NAME) ? name : description;
            if (wanted.fields().containsKey(field) && !wanted.get(field).equals(there)) {
                body.put(field, wanted.get(field).isNull() ? Value.of("") : wanted.get(field));
            }
        }
        if (!newLabels.equals(labels)) {
            body.put("labels", Json.texts(newLabels));
        }
        return new Value.Obj(body);
    }

    /** What to send along with a creation. */
    static TreeMap<String, Value> fresh(Content wanted, Map<String, String> marks) {
        var labels = new TreeMap<>(NONE.labelsWith(wanted));
        labels.putAll(marks);
        return new TreeMap<>(NONE.change(wanted, labels).fields());
    }

    private static final Words NONE = new Words(Value.NULL, Value.NULL, new TreeMap<>());
}
