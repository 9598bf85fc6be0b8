//! Cells for spreadsheets.

/// A cell that no spreadsheet takes for a formula, whatever somebody wrote into it.
pub fn spreadsheet_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::spreadsheet_cell;

    #[test]
    fn a_cell_is_no_formula() {
        assert_eq!(spreadsheet_cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(spreadsheet_cell("+49 641 1"), "'+49 641 1");
        assert_eq!(spreadsheet_cell("Muster"), "Muster");
    }
}
