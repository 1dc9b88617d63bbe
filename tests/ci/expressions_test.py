"""The stand-in for GitHub's expressions gives what GitHub does."""

import unittest

from expressions import evaluate, substitute

CONTEXTS = {"inputs": {"a-b": "x", "no": False, "empty": "", "yes": True},
            "github": {"event": {"number": 7}}}


class Expressions(unittest.TestCase):
    def test_have_githubs_values(self):
        for source, value in (
                ("'it''s'", "it's"), ("3", 3), ("true", True), ("null", None),
                ("inputs.a-b", "x"), ("github.event.number", 7),
                ("inputs.missing.deeper", None),
                ("inputs.empty || 'default'", "default"),
                ("inputs.a-b && '.s' || '.'", ".s"),
                ("inputs.empty && '.s' || '.'", "."),
                ("false && false || true", True),
                ("false && (false || true)", False),
                ("'A' == 'a'", True), ("null == ''", True),
                ("null != 'none'", True), ("false == ''", True),
                ("!inputs.no", True), ("always() && inputs.yes", True)):
            with self.subTest(source):
                self.assertEqual(
                    evaluate(source, CONTEXTS, {"always": True}), value)

    def test_refuse_what_they_do_not_know(self):
        for source in ("", "a b", "secrets.key", "hashFiles('x')", "(true",
                       "inputs[0]", "1 < 2"):
            with self.subTest(source), self.assertRaises(ValueError):
                evaluate(source, CONTEXTS)

    def test_are_put_into_strings(self):
        for text, value in (("n-${{ github.event.number }}", "n-7"),
                            ("${{ inputs.yes }}", True),
                            ("<${{ inputs.no }}${{ null }}>", "<false>"),
                            ("plain", "plain"), (5, 5)):
            with self.subTest(text):
                self.assertEqual(substitute(text, CONTEXTS), value)


if __name__ == "__main__":
    unittest.main()
