import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.javarosa.core.model.Constants;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.data.AnswerDataFactory;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.MultipleItemsData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.UncastData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.services.IPropertyManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.properties.IPropertyRules;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormAnswerDataSerializer;
import org.javarosa.xpath.XPathParseTool;

/** Drives JavaRosa by JSON lines: the same protocol as `xiangwen form drive`, and "open" besides. */
public final class Driver {
    private static final String JAVAROSA = "http://openrosa.org/javarosa";
    private static final XFormAnswerDataSerializer SERIALIZER = new XFormAnswerDataSerializer();

    private FormDef form;
    private FormEntryModel model;
    private FormEntryController controller;

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(new NoProperties());
        Driver driver = new Driver();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(driver.reply(line));
        }
    }

    private String reply(String line) {
        try {
            Map<String, String> command = new Reader(line).object();
            switch (command.get("do")) {
                case "open":
                    open(command.get("xml"), command.get("language"));
                    return "{}";
                case "next":
                    return step(true);
                case "back":
                    return step(false);
                case "answer":
                    return answer(command.get("value"));
                case "state":
                    return state();
                default:
                    return "{\"error\": \"unknown command\"}";
            }
        } catch (Throwable fault) {
            return "{\"error\": " + quoted(String.valueOf(fault)) + "}";
        }
    }

    private void open(String xml, String language) throws Exception {
        form = new XFormParser(new StringReader(xml)).parse();
        form.initialize(true, new InstanceInitializationFactory());
        model = new FormEntryModel(form);
        controller = new FormEntryController(model);
        if (language != null && !language.isEmpty()) {
            controller.setLanguage(language);
        }
    }

    private String step(boolean forward) {
        int event = forward ? controller.stepToNextEvent() : controller.stepToPreviousEvent();
        while (event != FormEntryController.EVENT_QUESTION
            && event != FormEntryController.EVENT_END_OF_FORM
            && event != FormEntryController.EVENT_BEGINNING_OF_FORM) {
            event = forward ? controller.stepToNextEvent() : controller.stepToPreviousEvent();
        }
        if (event == FormEntryController.EVENT_BEGINNING_OF_FORM) {
            return step(true);
        }
        return event == FormEntryController.EVENT_QUESTION ? question() : "{\"event\": \"end\"}";
    }

    private String question() {
        FormEntryPrompt prompt = model.getQuestionPrompt();
        List<String> choices = new ArrayList<>();
        if (isSelect(prompt)) {
            for (SelectChoice choice : prompt.getSelectChoices()) {
                String label = prompt.getSelectChoiceText(choice);
                choices.add("[" + quoted(choice.getValue()) + ", " + quoted(label) + "]");
            }
        }
        return "{\"event\": \"question\", \"path\": " + quoted(path(prompt))
            + ", \"type\": " + quoted(type(prompt))
            + ", \"label\": " + quoted(prompt.getLongText())
            + ", \"hint\": " + quoted(prompt.getHelpText())
            + ", \"choices\": [" + String.join(", ", choices) + "]"
            + ", \"required\": " + prompt.isRequired() + "}";
    }

    private String answer(String value) {
        FormIndex index = model.getFormIndex();
        if (!index.isInForm()) {
            return "{\"error\": \"no question is open\"}";
        }
        FormEntryPrompt prompt = model.getQuestionPrompt();
        IAnswerData data;
        try {
            data = value.isEmpty() ? null : parse(prompt, value);
        } catch (IllegalArgumentException fault) {
            return verdict("type", "");
        }
        switch (controller.answerQuestion(index, data, true)) {
            case FormEntryController.ANSWER_OK:
                return verdict("ok", "");
            case FormEntryController.ANSWER_REQUIRED_BUT_EMPTY:
                return verdict("required", requiredMessage(prompt));
            default:
                return verdict("constraint", prompt.getConstraintText(data));
        }
    }

    private static IAnswerData parse(FormEntryPrompt prompt, String value) {
        if (!isSelect(prompt)) {
            int control = prompt.getControlType();
            return AnswerDataFactory.template(control, prompt.getDataType())
                .cast(new UncastData(value));
        }
        boolean one = prompt.getControlType() == Constants.CONTROL_SELECT_ONE;
        List<Selection> chosen = new ArrayList<>();
        for (String name : one ? new String[] {value} : value.split(" ")) {
            if (!name.isEmpty()) {
                chosen.add(offered(prompt, name).selection());
            }
        }
        if (chosen.isEmpty()) {
            return null;
        }
        return one ? new SelectOneData(chosen.get(0)) : new MultipleItemsData(chosen);
    }

    private static SelectChoice offered(FormEntryPrompt prompt, String name) {
        for (SelectChoice choice : prompt.getSelectChoices()) {
            if (choice.getValue().equals(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("not offered");
    }

    private String requiredMessage(FormEntryPrompt prompt) {
        TreeElement node = form.getMainInstance().resolveReference(prompt.getIndex().getReference());
        String message = node.getBindAttributeValue(JAVAROSA, "requiredMsg");
        if (message == null || !message.startsWith("jr:itext(")) {
            return message;
        }
        try {
            EvaluationContext context =
                new EvaluationContext(form.getEvaluationContext(), node.getRef());
            Object text = XPathParseTool.parseXPath("string(" + message + ")")
                .eval(form.getMainInstance(), context);
            return form.fillTemplateString((String) text, node.getRef());
        } catch (Exception fault) {
            throw new RuntimeException(fault);
        }
    }

    private String state() {
        List<String> nodes = new ArrayList<>();
        TreeElement root = form.getMainInstance().getRoot();
        leaves(root, "/" + root.getName(), nodes);
        return "{\"nodes\": [" + String.join(", ", nodes) + "]}";
    }

    private static void leaves(TreeElement parent, String path, List<String> nodes) {
        for (int i = 0; i < parent.getNumChildren(); i++) {
            TreeElement child = parent.getChildAt(i);
            String below = path + "/" + child.getName() + "[" + (child.getMult() + 1) + "]";
            if (child.getNumChildren() > 0) {
                leaves(child, below, nodes);
                continue;
            }
            IAnswerData value = child.getValue();
            Object text = value == null ? "" : SERIALIZER.serializeAnswerData(value);
            nodes.add("[" + quoted(below) + ", " + child.isRelevant() + ", "
                + quoted(String.valueOf(text)) + "]");
        }
    }

    private static boolean isSelect(FormEntryPrompt prompt) {
        return prompt.getControlType() == Constants.CONTROL_SELECT_ONE
            || prompt.getControlType() == Constants.CONTROL_SELECT_MULTI;
    }

    private String path(FormEntryPrompt prompt) {
        TreeElement node = form.getMainInstance().resolveReference(prompt.getIndex().getReference());
        StringBuilder path = new StringBuilder();
        for (; node.getParent() instanceof TreeElement && node.getParent().getName() != null;
            node = (TreeElement) node.getParent()) {
            path.insert(0, "/" + node.getName() + "[" + (node.getMult() + 1) + "]");
        }
        return "/" + node.getName() + path;
    }

    private static String type(FormEntryPrompt prompt) {
        switch (prompt.getControlType()) {
            case Constants.CONTROL_SELECT_ONE:
                return "select_one";
            case Constants.CONTROL_SELECT_MULTI:
                return "select_multiple";
            case Constants.CONTROL_TRIGGER:
                return "acknowledge";
            default:
        }
        switch (prompt.getDataType()) {
            case Constants.DATATYPE_INTEGER:
            case Constants.DATATYPE_LONG:
                return "integer";
            case Constants.DATATYPE_DECIMAL:
                return "decimal";
            case Constants.DATATYPE_DATE:
                return "date";
            default:
                return "text";
        }
    }

    private static String verdict(String kind, String message) {
        return "{\"verdict\": " + quoted(kind) + ", \"message\": " + quoted(message) + "}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char sign : (text == null ? "" : text).toCharArray()) {
            if (sign == '"' || sign == '\\') {
                json.append('\\').append(sign);
            } else if (sign < ' ' || sign > '~') {
                json.append(String.format("\\u%04x", (int) sign));
            } else {
                json.append(sign);
            }
        }
        return json.append('"').toString();
    }

    /** Knows nothing of device, person or phone, as a chat does not. */
    private static final class NoProperties implements IPropertyManager {
        public List<String> getProperty(String name) {
            return new ArrayList<>();
        }

        public void setProperty(String name, String value) {
        }

        public void setProperty(String name, List<String> value) {
        }

        public String getSingularProperty(String name) {
            return "";
        }

        public void addRules(IPropertyRules rules) {
        }

        public List<IPropertyRules> getRules() {
            return new ArrayList<>();
        }
    }

    /** Reads one flat JSON object of texts. */
    private static final class Reader {
        private final String json;
        private int at;

        Reader(String json) {
            this.json = json;
        }

        Map<String, String> object() {
            Map<String, String> found = new HashMap<>();
            while ((at = json.indexOf('"', at)) >= 0) {
                String key = text();
                at = json.indexOf('"', at);
                found.put(key, text());
            }
            return found;
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            for (at++; json.charAt(at) != '"'; at++) {
                char sign = json.charAt(at);
                if (sign != '\\') {
                    text.append(sign);
                    continue;
                }
                sign = json.charAt(++at);
                if (sign == 'u') {
                    text.append((char) Integer.parseInt(json.substring(at + 1, at + 5), 16));
                    at += 4;
                } else {
                    text.append("nrtbf".indexOf(sign) < 0 ? sign : "\n\r\t\b\f".charAt("nrtbf".indexOf(sign)));
                }
            }
            at++;
            return text.toString();
        }
    }
}
