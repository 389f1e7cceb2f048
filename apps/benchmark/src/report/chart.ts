/** A chart of the report, for the page and for a file of its own. */
export interface Chart {
  /** Its name among the charts of a data set, and in file names. */
  name: string;
  /** The heading that it stands under. */
  heading: string;
  svg: string;
  /** What to see in it. */
  caption: string;
}
