package intake

import "math"

// Lambert-93 (EPSG:2154): a conic projection on the ellipsoid GRS 80, with the constants
// that IGN publishes. The datum RGF93 is WGS 84 to within a metre.
const (
	lambertN  = 0.7256077650532670
	lambertC  = 11754255.426096
	lambertX  = 700000.0
	lambertY  = 12655612.049876
	lambertE  = 0.08181919112 // first eccentricity
	lambertL0 = 3 * math.Pi / 180
)

// looksLambert reports coordinates in metres that lie in metropolitan France.
func looksLambert(x, y float64) bool {
	return x >= 90_000 && x <= 1_300_000 && y >= 6_000_000 && y <= 7_200_000
}

// fromLambert returns latitude and longitude in degrees, to six decimals (a decimetre).
func fromLambert(x, y float64) (lat, lon float64) {
	dx, dy := x-lambertX, y-lambertY
	r := math.Hypot(dx, dy)
	gamma := math.Atan(-dx / dy)
	l := -math.Log(r/lambertC) / lambertN // isometric latitude
	phi := 2*math.Atan(math.Exp(l)) - math.Pi/2
	for range 20 {
		es := lambertE * math.Sin(phi)
		next := 2*math.Atan(math.Pow((1+es)/(1-es), lambertE/2)*math.Exp(l)) - math.Pi/2
		if math.Abs(next-phi) < 1e-12 {
			phi = next
			break
		}
		phi = next
	}
	return six(phi * 180 / math.Pi), six((lambertL0 + gamma/lambertN) * 180 / math.Pi)
}

func six(v float64) float64 { return math.Round(v*1e6) / 1e6 }

// apart is the distance between two points in kilometres.
func apart(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	dy := lat2 - lat1
	dx := (lon2 - lon1) * math.Cos((lat1+lat2)/2*rad)
	return 111.2 * math.Hypot(dx, dy)
}

// inFrance reports a point of metropolitan France or of an overseas region.
func inFrance(lat, lon float64) bool {
	for _, b := range [][4]float64{
		{41, -5.5, 51.5, 10}, {-21.6, 55, -20.7, 56}, {-13.2, 44.8, -12.4, 45.5}, {15.7, -62, 18.3, -60.8}, {14.2, -61.4, 15, -60.6}, {2, -55, 6, -51},
	} {
		if lat >= b[0] && lat <= b[2] && lon >= b[1] && lon <= b[3] {
			return true
		}
	}
	return false
}
