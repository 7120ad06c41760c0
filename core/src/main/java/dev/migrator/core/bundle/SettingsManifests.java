package dev.migrator.core.bundle;

import dev.migrator.core.error.Finding;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.kinds.Shape;
import dev.migrator.core.kinds.ShapeCheck;
import dev.migrator.core.settings.Document;
import dev.migrator.core.settings.Settings;
import dev.migrator.core.settings.SettingsKind;
import dev.migrator.core.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the settings documents among the manifests: shape first, then what they say. */
final class SettingsManifests {
    private static final Shape.Fields METADATA = Shape.fields()
            .required("name", Shape.text("[A-Za-z0-9._-]{1,249}", "1 to 249 letters, digits, '.', '_' and '-'"));

    private SettingsManifests() {}

    static boolean isOne(SourcedManifest sourced) {
        return ManifestReader.text(sourced.manifest(), "kind")
                .flatMap(SettingsKind::find)
                .isPresent();
    }

    /**
     * @param settings what is right of them; empty when there are too many to work with
     * @param sound whether all of it is right
     */
    record Read(Optional<Settings> settings, boolean sound, List<Finding> findings) {}

    static Read read(Kinds kinds, List<SourcedManifest> manifests) {
        var findings = new ArrayList<Finding>();
        var documents = new ArrayList<Document>();
        for (var sourced : manifests) {
            var notes = new Notes();
            if (ManifestReader.hasBearableSize(sourced.manifest(), notes)) {
                new ShapeCheck(notes).check(shape(sourced), sourced.manifest(), "");
            }
            notes.all().forEach(note -> findings.add(finding(note, sourced)));
            if (!notes.hasErrors()) {
                documents.add(new Document(sourced.manifest(), sourced::place));
            }
        }
        var read = SettingsReader.read(kinds, documents);
        findings.addAll(read.findings());
        return new Read(read.settings(), findings.isEmpty(), findings);
    }

    private static Shape.Fields shape(SourcedManifest sourced) {
        var kind = ManifestReader.text(sourced.manifest(), "kind")
                .flatMap(SettingsKind::find)
                .orElseThrow();
        return Shape.fields()
                .required("apiVersion", Shape.word(Bundle.API_VERSION))
                .required("kind", Shape.word(kind.title()))
                .required("metadata", METADATA)
                .required("spec", kind.spec());
    }

    private static Finding finding(Notes.Note note, SourcedManifest sourced) {
        var title = BundleReader.title(sourced.manifest());
        var path = Notes.path(note.pointer());
        var problem = note.problem().about(path.isEmpty() ? title : title + ", " + path);
        return new Finding(note.severity(), problem, sourced.file(), sourced.lineOf(note.pointer()));
    }
}
